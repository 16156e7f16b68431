#!/usr/bin/env Rscript
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes agreement.csv, one row a data set: what psych (ICC), epiR (CCC) and base R (limits of
# agreement) compute, for agreement_test.cpp. Needs r-cran-psych and r-cran-epir of Debian 12. Run in
# this folder. pefr.csv: peak expiratory flow of 17 people, l/min, Bland and Altman, Lancet
# 1986;327:307-310, table 1.
suppressPackageStartupMessages({library(psych); library(epiR)})
options(digits = 17)

icc <- function(ratings) {
  table <- ICC(as.matrix(ratings), lmer = FALSE)$results
  pick <- function(type) as.numeric(table[table$type == type, c("ICC", "lower bound", "upper bound")])
  c(pick("ICC2"), pick("ICC3"))
}
pair <- function(name, first, second) {
  d <- first - second; n <- length(d); t <- qt(0.975, n - 1); z <- qnorm(0.975)
  error <- sd(d) * sqrt(1 / n + z^2 / (2 * (n - 1)))
  around <- function(middle, half) c(middle, middle - half, middle + half)
  data.frame(name, t(c(icc(cbind(first, second)),
    as.numeric(epi.ccc(first, second, ci = "z-transform")$rho.c[1, ]),
    around(mean(d), t * sd(d) / sqrt(n)),
    around(mean(d) - z * sd(d), t * error), around(mean(d) + z * sd(d), t * error),
    sd(d), sd(d) / sqrt(2), z * sqrt(2) * sd(d) / sqrt(2))))
}
pefr <- read.csv("pefr.csv")
rows <- rbind(
  pair("wright_mini", pefr$wright_first, pefr$mini_first),
  pair("wright_twice", pefr$wright_first, pefr$wright_second),
  pair("shifted", pefr$wright_first, pefr$mini_first + 120),
  pair("unrelated", pefr$wright_first, rev(pefr$mini_first)))
three <- function(name) paste0(name, c("", "_low", "_high"))
names(rows) <- c("data", three("icc21"), three("icc31"), three("ccc"), three("bias"), three("lower"),
                 three("upper"), "sd", "sem", "mdc95")
write.csv(rows, "agreement.csv", row.names = FALSE, quote = FALSE)

shrout <- rbind(c(9, 2, 5, 8), c(6, 1, 3, 2), c(8, 4, 6, 8), c(7, 1, 2, 6), c(10, 5, 6, 9), c(6, 2, 4, 7))
four <- data.frame(t(icc(shrout)))
names(four) <- c(three("icc21"), three("icc31"))
write.csv(four, "agreement_shrout.csv", row.names = FALSE, quote = FALSE)
