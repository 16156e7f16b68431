# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the script that `cohort script` writes on a generated cohort, and compares what the program
# reckons of the same table. Fails when a figure differs, or when a section left nothing.
#   Rscript script_test.R PROGRAM
program <- normalizePath(commandArgs(trailingOnly = TRUE)[1])
folder <- tempfile("paraspinal_script_"); dir.create(folder)
compared <- 0; failed <- 0
record <- function(what, ours, theirs, tolerance = 1e-6) {
  ours <- as.numeric(unlist(ours)); theirs <- as.numeric(unlist(theirs))
  off <- abs(ours - theirs) / pmax(abs(theirs), 1e-8)
  bad <- length(ours) != length(theirs) || anyNA(off) || any(off > tolerance)
  if (bad) cat("DIFFERS", what, ": ours", format(ours, digits = 10), "script", format(theirs, digits = 10), "\n")
  compared <<- compared + length(theirs); failed <<- failed + bad
}
expect <- function(what, is_so) if (!isTRUE(is_so)) {cat("NOT SO:", what, "\n"); failed <<- failed + 1}

set.seed(20251130)
n <- 160
age <- round(rnorm(n, 72, 7)); fdr <- round(rnorm(n, 30, 6), 2); csa <- round(rnorm(n, 33, 5), 2)
fracture <- rbinom(n, 1, plogis(-1 + .08 * (age - 72) + .08 * (fdr - 30) - .1 * (csa - 33)))
missing <- function(x, share) replace(x, runif(n) < share, NA)
cohort <- data.frame(
  patient_id = sprintf("%03d", seq_len(n)), Name = paste("Doe", seq_len(n)), Gender = sample(c("F", "M"), n, TRUE), age_years = age,
  diabetes = sample(c("yes", "No", "NO", "Yes"), n, TRUE), vitamin_d_nmol_l = missing(round(exp(rnorm(n, 3.6, .5)), 1), .1),
  csa_cm2 = csa, vb_cm2 = round(rnorm(n, 16, 2), 2), fa_cm2 = round(csa * fdr / 100, 2), fdr_pct = fdr,
  brace = rbinom(n, 1, .3), leakage_type = sample(c("none", "spike", "round"), n, TRUE, c(.8, .12, .08)),
  `CRP (mg/L), "hs"` = missing(round(rexp(n), 2), .05), vas_pre = sample(8:10, n, TRUE), vas_1m = sample(1:5, n, TRUE),
  vas_post = sample(1:3, n, TRUE), odi_pre = round(rnorm(n, 32, 4)), odi_post = round(rnorm(n, 13, 2)),
  ASA = sample(c("I", "II", "III"), n, TRUE, c(.2, .5, .3)),
  follow_up_months = round(runif(n, 1, 24), 1), new_fracture = fracture, check.names = FALSE)
table_file <- file.path(folder, "cohort.csv"); types_file <- file.path(folder, "types.csv")
write.csv(cohort, table_file, row.names = FALSE, na = "n.a.")
write.csv(data.frame(column = c("vas_pre", "vas_1m", "vas_post", "ASA"), type = c("number", "number", "number", "ordered"),
                     classes = c("", "", "", "I;II;III")), types_file, row.names = FALSE, na = "")
ask <- function(...) read.csv(text = system2(program, shQuote(c("cohort", ..., "--format", "csv", "--types", types_file)), stdout = TRUE, stderr = FALSE),
                              check.names = FALSE, colClasses = "character")
run_script <- function(folder, ...) {
  stopifnot(system2(program, shQuote(c("cohort", "script", ..., "--types", types_file, "-o", folder)), stderr = file.path(tempdir(), "talk")) == 0)
  here <- setwd(folder); on.exit(setwd(here))
  status <- system2("Rscript", "analysis.R", stdout = "log.txt", stderr = "log.txt")
  if (status != 0) {cat(readLines("log.txt"), sep = "\n"); stop("the script fails")}
}
analysis <- file.path(folder, "analysis")
factors <- "age_years,diabetes,vitamin_d_nmol_l,csa_cm2,fdr_pct"
predictors <- paste0(factors, ",leakage_type,ASA")  # Classes against the commonest, ordered ones too.
run_script(analysis, table_file, "--predictors", predictors)
result <- function(name) read.csv(file.path(analysis, "results", paste0(name, ".csv")), check.names = FALSE)

expect("no name and no ID in the data", !any(grepl("Doe|patient_id", readLines(file.path(analysis, "data.csv")))))
## Groups.
compare_groups <- function(name, ...) {
  script <- result(name); ours <- ask("compare", table_file, ...)
  for (variable in unique(script$variable)) {
    rows <- script[script$variable == variable, ]; row <- rows[1, ]
    of <- ours[make.names(sub(" \\(yes\\)$", "", ours$variable)) == variable, ][1, ]
    if (is.na(of$variable) || row$test == "") next
    record(paste(name, variable, "P"), of$P, row$p)
    if (!is.na(row$mean_1)) record(paste(name, variable), of[c("mean_1", "sd_1", "mean_2", "sd_2")], row[c("mean_1", "sd_1", "mean_2", "sd_2")])
    else if (any(rows$class == "yes")) record(paste(name, variable), of[c("count_1", "n_1", "count_2", "n_2")], rows[rows$class == "yes", c("count_1", "n_1", "count_2", "n_2")])
  }
}
compare_groups("by_outcome", "--by", "new_fracture")
compare_groups("muscles_by_outcome", "--by", "new_fracture")
compare_groups("by_brace", "--by", "brace")
compare_groups("by_leakage_type", "--by", "leakage_type", "--groups", "spike,round")
paired <- result("change"); ours <- ask("paired", table_file)
record("change", ours[match(paste0(paired$scale, "_pre to ", paired$scale, "_post"), ours$pair), c("P", "change", "change_low", "change_high")],
       paired[c("p", "change", "low", "high")])
## Regression and curves.
ours <- ask("logistic", table_file, "--predictors", predictors)
script <- result("logistic"); named <- sub(": (.*) \\(against .*\\)$", "\\1", ours$predictor)
of <- ours[match(script$term[-1], named), ]
expect("all terms of the regression are there", nrow(of) == 9 && !anyNA(of$predictor))
expect("references are named alike", all(script$reference[-1][6:9] == sub(".*\\(against (.*)\\)$", "\\1", of$predictor[6:9])))
record("logistic", of[c("b", "SE", "or", "or_low", "or_high", "P (multivariable)")], script[-1, c("b", "se", "or", "low", "high", "p")], 1e-5)
alone <- result("logistic_univariable")
record("logistic, one at a time", of[c("univariable_or", "univariable_or_low", "univariable_or_high", "P", "n_univariable")],
       alone[c("or", "low", "high", "p", "n")], 1e-5)
record("inflation", of$vif, result("logistic_inflation")$vif, 1e-6)
wanted <- c("cohort", "splines", "kaplan_meier", "cox_univariable", "cox")
if (requireNamespace("pROC", quietly = TRUE)) {
  script <- result("roc"); ours <- ask("roc", table_file, "--factors", factors, "--bootstrap", "20")
  of <- ours[match(script$factor, ours$factor), ]
  record("ROC", of[c("auc", "auc_low", "auc_high")], script[c("auc", "low", "high")])
  record("Youden", as.numeric(of$sensitivity) + as.numeric(of$specificity), script$sensitivity + script$specificity)
} else cat("pROC is not here: ROC not compared\n")
for (package in list(c("mice", "logistic_imputed"), c("lme4", "mixed_models"), c("rms", "nomogram_validation"))) {
  if (requireNamespace(package[1], quietly = TRUE)) wanted <- c(wanted, package[2]) else cat(package[1], "is not here: its section was passed over\n")
}
for (name in wanted) expect(paste("results of", name), nrow(result(name)) > 0 && all(is.finite(result(name)[[ncol(result(name))]]) | name == "cohort"))

## A table that lacks most columns: a script that says so, and runs.
write.csv(cohort[c("patient_id", "age_years", "fdr_pct")], table_file, row.names = FALSE)
write.csv(data.frame(column = "age_years", type = "number"), types_file, row.names = FALSE)
bare <- file.path(folder, "bare"); run_script(bare, table_file)
text <- readLines(file.path(bare, "analysis.R"))
expect("it says what is missing", any(text == "## Not here: Logistic regression (Yang et al., Table 3): the table lacks new_fracture."))
expect("no section without its columns", !any(grepl("coxph|glm\\(|lmer\\(|mice::", text)))

cat(compared, "figures of the script compared,", failed, "differ\n")
unlink(folder, recursive = TRUE)
quit(status = if (failed > 0) 1 else 0)
