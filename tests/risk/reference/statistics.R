#!/usr/bin/env Rscript
# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes statistics.csv (name,value): what R computes on cohort250.csv and on the endometrial data,
# for statistics_test.cpp and logistic_regression_test.cpp. Needs r-base-core, r-cran-proc and
# r-cran-brglm2 of Debian 12. Run in this folder.
suppressPackageStartupMessages({library(pROC); library(brglm2)})
options(digits = 17)
out <- data.frame(name = character(), value = numeric())
say <- function(name, value) out[nrow(out) + 1, ] <<- list(name, as.numeric(value))

cohort <- read.csv("cohort250.csv")
new <- cohort$new_fracture == 1
a <- cohort$csa_cm2[new]; b <- cohort$csa_cm2[!new]
for (equal in c(TRUE, FALSE)) {
  test <- t.test(a, b, var.equal = equal)
  name <- if (equal) "student" else "welch"
  say(paste0(name, "_t"), test$statistic)
  say(paste0(name, "_df"), test$parameter)
  say(paste0(name, "_p"), test$p.value)
  say(paste0(name, "_low"), test$conf.int[1])
  say(paste0(name, "_high"), test$conf.int[2])
}
n <- length(a); m <- length(b)
pooled <- sqrt(((n - 1) * var(a) + (m - 1) * var(b)) / (n + m - 2))
g <- (mean(a) - mean(b)) / pooled * (1 - 3 / (4 * (n + m - 2) - 1))
say("hedges_g", g)
say("hedges_g_low", g - qnorm(0.975) * sqrt(1 / n + 1 / m + g^2 / (2 * (n + m))))

h <- cohort$hdl_c_mmol_l
test <- suppressWarnings(wilcox.test(h[new], h[!new]))
say("wilcoxon_ties_w", test$statistic); say("wilcoxon_ties_p", test$p.value)
small_a <- unique(a[1:20]); small_b <- setdiff(unique(b[1:25]), small_a)
test <- wilcox.test(small_a, small_b)
say("wilcoxon_exact_w", test$statistic); say("wilcoxon_exact_p", test$p.value)

table2 <- table(1 - cohort$new_fracture, 1 - cohort$diabetes)
test <- chisq.test(table2, correct = FALSE)
say("pearson_x2", test$statistic); say("pearson_p", test$p.value)
test <- chisq.test(table2)
say("yates_x2", test$statistic); say("yates_p", test$p.value)
say("fisher_p", fisher.test(table2)$p.value)
say("smallest_expected", min(chisq.test(table2)$expected))
ratio <- table2[1, 1] * table2[2, 2] / (table2[1, 2] * table2[2, 1])
say("odds_ratio", ratio)
say("odds_ratio_high", exp(log(ratio) + qnorm(0.975) * sqrt(sum(1 / table2))))
# Kyphoplasty levels of Reyhani et al. 2025, Table 2, with and without brace.
levels5 <- rbind(c(17, 12, 2, 0, 0), c(151, 51, 13, 3, 2))
test <- suppressWarnings(chisq.test(levels5))
say("levels_x2", test$statistic); say("levels_p", test$p.value)
say("levels_fisher_p", fisher.test(levels5)$p.value)
say("levels_cramers_v", sqrt(test$statistic / sum(levels5)))
say("remote_fisher_p", fisher.test(rbind(c(0, 31), c(9, 211)))$p.value)
say("spike_fisher_p", fisher.test(rbind(c(7, 2), c(0, 2)))$p.value)

p <- c(0.01, 0.04, 0.03, 0.005, 0.5, 0.04)
for (i in seq_along(p)) {
  say(paste0("holm_", i), p.adjust(p, "holm")[i])
  say(paste0("bh_", i), p.adjust(p, "BH")[i])
}

for (column in c("csa_cm2", "hdl_c_mmol_l", "fdr_pct", "multiple_fractures")) {
  curve <- roc(cohort$new_fracture, cohort[[column]], quiet = TRUE)
  interval <- ci.auc(curve, method = "delong")
  say(paste0("auc_", column), interval[2])
  say(paste0("auc_low_", column), interval[1])
  say(paste0("auc_high_", column), interval[3])
  best <- coords(curve, "best", best.method = "youden",
                 ret = c("threshold", "sensitivity", "specificity", "ppv", "npv", "accuracy"))
  for (what in names(best)) say(paste0("roc_", what, "_", column), best[1, what])
}

model <- glm(new_fracture ~ . - patient_id, binomial, cohort,
             control = glm.control(epsilon = 1e-15, maxit = 100))
for (i in seq_along(coef(model))) {
  say(paste0("glm_b_", i - 1), coef(model)[i])
  say(paste0("glm_se_", i - 1), sqrt(vcov(model)[i, i]))
}
say("glm_loglik", logLik(model))
say("glm_cov_1_2", vcov(model)[2, 3])

# Profile intervals with the coefficient held by an offset; MASS only interpolates.
held <- function(formula, column, value) {
  data <- cohort; data$off <- value * data[[column]]
  as.numeric(logLik(glm(formula, binomial, data, offset = off,
                        control = glm.control(epsilon = 1e-15, maxit = 100))))
}
three <- glm(new_fracture ~ csa_cm2 + fdr_pct + diabetes, binomial, cohort,
             control = glm.control(epsilon = 1e-15, maxit = 100))
drop <- function(value) held(new_fracture ~ csa_cm2 + fdr_pct, "diabetes", value) -
  as.numeric(logLik(three)) + qchisq(0.95, 1) / 2
center <- coef(three)["diabetes"]; reach <- 6 * sqrt(vcov(three)["diabetes", "diabetes"])
say("profile_low", uniroot(drop, c(center - reach, center), tol = 1e-13)$root)
say("profile_high", uniroot(drop, c(center, center + reach), tol = 1e-13)$root)
say("lr_p", pchisq(2 * (as.numeric(logLik(three)) -
                          held(new_fracture ~ csa_cm2 + fdr_pct, "diabetes", 0)), 1,
                   lower.tail = FALSE))

# Firth: Heinze and Schemper's example, 79 women with endometrial cancer; NV separates.
data(endometrial)
write.csv(endometrial, "endometrial.csv", row.names = FALSE, quote = FALSE)
strict <- brglmControl(epsilon = 1e-13, maxit = 1000)
firth <- glm(HG ~ NV + PI + EH, binomial, endometrial, method = "brglmFit", type = "AS_mean",
             control = strict)
for (i in 1:4) {
  say(paste0("firth_b_", i - 1), coef(firth)[i])
  say(paste0("firth_se_", i - 1), sqrt(vcov(firth)[i, i]))
}
x <- cbind(1, as.matrix(endometrial[, c("NV", "PI", "EH")])); y <- endometrial$HG
penalized <- function(b) {
  risk <- plogis(x %*% b)
  sum(dbinom(y, 1, risk, log = TRUE)) +
    0.5 * as.numeric(determinant(t(x) %*% (as.vector(risk * (1 - risk)) * x))$modulus)
}
say("firth_loglik", penalized(coef(firth)))
profiled <- function(term, value) {
  start <- coef(firth)[-term]
  for (round in 1:3) start <- optim(start, function(b) {
    all <- numeric(4); all[term] <- value; all[-term] <- b; -penalized(all)
  }, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
  all <- numeric(4); all[term] <- value; all[-term] <- start
  penalized(all)
}
for (term in 1:4) {
  drop <- function(value) profiled(term, value) - penalized(coef(firth)) + qchisq(0.95, 1) / 2
  center <- coef(firth)[term]; reach <- 5 * sqrt(vcov(firth)[term, term])
  say(paste0("firth_low_", term - 1), uniroot(drop, c(center - reach, center), tol = 1e-11)$root)
  say(paste0("firth_high_", term - 1), uniroot(drop, c(center, center + reach), tol = 1e-11)$root)
}
full <- glm(new_fracture ~ . - patient_id, binomial, cohort, method = "brglmFit",
            type = "AS_mean", control = strict)
for (i in seq_along(coef(full))) say(paste0("firth16_b_", i - 1), coef(full)[i])

# Validation of fixed predictions.
lp <- 4 - 0.25 * cohort$csa_cm2 + 0.08 * cohort$fdr_pct
risk <- plogis(lp); y <- cohort$new_fracture
tight <- glm.control(epsilon = 1e-15, maxit = 100)
large <- glm(y ~ offset(lp), family = binomial, control = tight)
slope <- glm(y ~ lp, family = binomial, control = tight)
say("val_auc", auc(roc(y, risk, quiet = TRUE)))
say("val_brier", mean((risk - y)^2))
say("val_scaled", 1 - mean((risk - y)^2) / (mean(y) * (1 - mean(y))))
say("val_large", coef(large)[1]); say("val_large_se", sqrt(vcov(large)[1, 1]))
say("val_slope", coef(slope)[2]); say("val_slope_se", sqrt(vcov(slope)[2, 2]))
say("val_intercept", coef(slope)[1])
say("val_benefit_20", mean(risk >= 0.2 & y == 1) - mean(risk >= 0.2 & y == 0) * 0.2 / 0.8)
say("val_everyone_20", mean(y) - (1 - mean(y)) * 0.2 / 0.8)

out$value <- formatC(out$value, digits = 17, format = "g")
write.csv(out, "statistics.csv", row.names = FALSE, quote = FALSE)
