# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the program on data sets of R's own and on generated ones and compares every statistic with
# R's. Fails when one differs by more than its tolerance; prints how many were compared and the
# largest difference, relative to R's figure (or to 1e-8 where that is smaller).
#   Rscript compare_with_r.R PROGRAM [GENERATED_SETS]
suppressPackageStartupMessages({
  library(MASS); library(pROC); library(psych); library(survival); library(exactRankTests)
  library(nlme)
})
arguments <- commandArgs(trailingOnly = TRUE)
program <- arguments[1]
generated <- if (length(arguments) > 1) as.integer(arguments[2]) else 200L
folder <- tempfile("paraspinal_r_"); dir.create(folder)
results <- list()

record <- function(what, ours, theirs, tolerance = 1e-6, where = "") {
  ours <- suppressWarnings(as.numeric(sub("inf", "Inf", unlist(ours), fixed = TRUE))); theirs <- as.numeric(theirs)
  same_infinity <- is.infinite(ours) & is.infinite(theirs) & sign(ours) == sign(theirs)
  off <- ifelse(same_infinity, 0, abs(ours - theirs) / pmax(abs(theirs), 1e-8))
  off[is.na(off)] <- Inf
  if (any(off > tolerance))
    cat("DIFFERS", what, where, "ours", format(ours, digits = 12), "R", format(theirs, digits = 12), "\n")
  at <- results[[what]]
  results[[what]] <<- list(n = sum(at$n, length(off)), worst = max(at$worst, off),
                           bad = sum(at$bad, off > tolerance), tolerance = tolerance)
}
save_csv <- function(data) {
  file <- tempfile("set_", folder, ".csv"); write.csv(data, file, row.names = FALSE, na = ""); file
}
types <- function(numbers = c(), classes = c()) {
  file <- tempfile("types_", folder, ".csv")
  write.csv(data.frame(column = c(numbers, classes),
                       type = c(rep("number", length(numbers)), rep("classes", length(classes)))),
            file, row.names = FALSE, quote = FALSE)
  c("--types", file)
}
ask <- function(...) {
  text <- suppressWarnings(system2(program, shQuote(c(...)), stdout = TRUE, stderr = FALSE))
  if (length(text) < 2) return(NULL)
  read.csv(text = text, check.names = FALSE, colClasses = "character")
}

# What the program calls a column of ours.
called <- function(name) ifelse(name == "age", "age_years", name)

## Two groups: numbers and classes.
compare_two <- function(data, by, where) {
  names_of <- setdiff(names(data), by)
  numbers <- names_of[sapply(data[names_of], is.numeric)]
  classes <- setdiff(names_of, numbers)
  file <- save_csv(data); declared <- types(numbers, classes)
  group <- as.character(data[[by]])
  run <- function(test, kind) ask("cohort", "compare", file, "--by", by, "--numbers", test,
                                  "--classes", kind, "--format", "csv", declared)
  welch <- run("welch", "pearson"); student <- run("student", "fisher"); ranks <- run("mann-whitney", "pearson")
  stopifnot(!is.null(welch))
  order <- sub(" \\(n = .*", "", names(welch)[2:3])
  for (name in numbers) {
    a <- na.omit(data[[name]][group %in% order[1]]); b <- na.omit(data[[name]][group %in% order[2]])
    row <- function(t) t[t$variable == called(name), ]
    if (length(a) > 1 && length(b) > 1 && (sd(a) > 0 || sd(b) > 0)) {
      r <- t.test(a, b); s <- t.test(a, b, var.equal = TRUE)
      record("mean, SD", row(welch)[c("mean_1", "sd_1", "mean_2", "sd_2")], c(mean(a), sd(a), mean(b), sd(b)), 1e-9, paste(where, name))
      record("Welch t: P", row(welch)$P, r$p.value, where = paste(where, name))
      record("Welch t: interval", row(welch)[c("effect_low", "effect_high")], r$conf.int, where = paste(where, name))
      record("Student t: P", row(student)$P, s$p.value, where = paste(where, name))
    }
    exact <- length(a) < 50 && length(b) < 50
    # wilcox.exact(a, b) and (b, a) may differ by a split at the observed distance, which rounding
    # takes away from one of them; the larger has it. Without ties wilcox.test is exact itself.
    u <- if (!exact) wilcox.test(a, b, exact = FALSE)$p.value
         else if (anyDuplicated(c(a, b)) == 0) wilcox.test(a, b, exact = TRUE)$p.value
         else max(wilcox.exact(a, b)$p.value, wilcox.exact(b, a)$p.value)
    record(if (exact) "Mann-Whitney, exact" else "Mann-Whitney, normal", row(ranks)$P, u, where = paste(where, name))
    roc <- suppressMessages(roc(c(rep(1, length(a)), rep(0, length(b))), c(a, b), levels = c(0, 1), direction = "<"))
    record("PS (area)", row(ranks)$effect, as.numeric(auc(roc)), where = paste(where, name))
    interval <- suppressWarnings(ci.auc(roc))
    if (row(ranks)$note == "")
      record("PS (DeLong)", row(ranks)[c("effect_low", "effect_high")], interval[c(1, 3)], where = paste(where, name))
  }
  for (name in classes) {
    text <- as.character(data[[name]]); text[text == ""] <- NA
    t <- table(factor(group, order), text)
    t <- t[, colSums(t) > 0, drop = FALSE]
    if (ncol(t) < 2 || any(rowSums(t) == 0)) next
    row <- function(x) x[x$variable %in% c(name, paste0(name, " (yes)")), ][1, ]
    record("chi-square", row(welch)$P, suppressWarnings(chisq.test(t, correct = FALSE)$p.value), where = paste(where, name))
    record("Fisher", row(student)$P, fisher.test(t, workspace = 2e7)$p.value, where = paste(where, name))
    if (ncol(t) == 2) {
      if (paste0(name, " (yes)") %in% welch$variable) t <- t[, 2:1]
      k <- if (any(t == 0)) t + 0.5 else t
      odds <- k[1, 1] * k[2, 2] / (k[1, 2] * k[2, 1]); se <- sqrt(sum(1 / k))
      record("odds ratio, Wald", row(welch)[c("effect", "effect_low", "effect_high")],
             odds * exp(c(0, -1, 1) * qnorm(.975) * se), where = paste(where, name))
    }
  }
}

## Ordered classes, by their places.
compare_ordered <- function(data, by, name, levels, where) {
  file <- save_csv(data[c(by, name)])
  declared <- tempfile("types_", folder, ".csv")
  write.csv(data.frame(column = c(by, name), type = c("classes", "ordered"),
                       classes = c("", paste(levels, collapse = ";"))), declared, row.names = FALSE, quote = FALSE)
  t <- ask("cohort", "compare", file, "--by", by, "--format", "csv", "--types", declared)
  place <- match(as.character(data[[name]]), levels); g <- factor(data[[by]])
  row <- t[t$variable == called(name), ]
  if (nlevels(g) > 2) return(record("ordered classes", row$P, kruskal.test(place, g)$p.value, where = where))
  order <- sub(" \\(n = .*", "", names(t)[2:3])
  a <- na.omit(place[g == order[1]]); b <- na.omit(place[g == order[2]])
  exact <- length(a) < 50 && length(b) < 50
  record("ordered classes", row$P, if (exact) max(wilcox.exact(a, b)$p.value, wilcox.exact(b, a)$p.value)
         else wilcox.test(a, b, exact = FALSE)$p.value, where = where)
}

## More groups.
compare_several <- function(data, by, where) {
  numbers <- setdiff(names(data)[sapply(data, is.numeric)], by)
  classes <- setdiff(names(data), c(numbers, by))
  file <- save_csv(data); declared <- types(numbers, c(classes, by))
  run <- function(test) ask("cohort", "compare", file, "--by", by, "--numbers", test, "--classes", "pearson", "--format", "csv", declared)
  welch <- run("welch"); classic <- run("student"); ranks <- run("mann-whitney")
  g <- factor(data[[by]])
  for (name in numbers) {
    x <- data[[name]]
    if (any(tapply(x, g, function(v) sum(!is.na(v))) < 2)) next
    if (all(tapply(x, g, function(v) sum(!is.na(v)) > 1 && sd(v, na.rm = TRUE) > 0)))
      record("Welch ANOVA", welch[welch$variable == called(name), "P"], oneway.test(x ~ g)$p.value, where = paste(where, name))
    record("ANOVA", classic[classic$variable == called(name), "P"], oneway.test(x ~ g, var.equal = TRUE)$p.value, where = paste(where, name))
    record("Kruskal-Wallis", ranks[ranks$variable == called(name), "P"], kruskal.test(x, g)$p.value, where = paste(where, name))
  }
  for (name in classes)
    record("chi-square, k x m", welch[welch$variable %in% c(name, paste0(name, " (yes)")), "P"][1],
           suppressWarnings(chisq.test(table(g, data[[name]]), correct = FALSE)$p.value), where = paste(where, name))
}

## Paired.
compare_paired <- function(before, after, where) {
  file <- save_csv(data.frame(x_pre = before, x_post = after)); declared <- types(c("x_pre", "x_post"))
  t <- ask("cohort", "paired", file, "--numbers", "t", "--format", "csv", declared)
  w <- ask("cohort", "paired", file, "--numbers", "signed-rank", "--format", "csv", declared)
  d <- na.omit(after - before)
  if (length(d) > 1 && sd(d) > 0) {
    r <- t.test(d)
    record("paired t: P", t$P, r$p.value, where = where)
    record("paired t: interval", t[c("change_low", "change_high")], r$conf.int, where = where)
  }
  n <- sum(d != 0)
  if (n > 0) {
    p <- if (n < 50) wilcox.exact(d)$p.value else suppressWarnings(wilcox.test(d, exact = FALSE)$p.value)
    record(if (n < 50) "signed rank, exact" else "signed rank, normal", w$P, p, where = where)
  }
  yes <- function(x) as.integer(x > median(before, na.rm = TRUE))
  a <- yes(before); b <- yes(after)
  if (length(unique(na.omit(a))) == 2 && length(unique(na.omit(b))) == 2) {
    m <- ask("cohort", "paired", save_csv(data.frame(y_pre = a, y_post = b)), "--format", "csv")
    up <- sum(a == 0 & b == 1, na.rm = TRUE); down <- sum(a == 1 & b == 0, na.rm = TRUE)
    record("McNemar, exact", m$P, if (up + down > 0) binom.test(up, up + down)$p.value else 1, where = where)
  }
}

## Rates.
compare_rates <- function(events, months, group, where) {
  file <- save_csv(data.frame(g = group, new_fracture = events, follow_up_months = months))
  t <- ask("cohort", "compare", file, "--by", "g", "--format", "csv", types("follow_up_months", "g"))
  row <- t[t$variable == "new_fracture per 100 patient-years", ]
  order <- sub(" \\(n = .*", "", names(t)[2:3])
  x <- sapply(order, function(g) sum(events[group == g])); y <- sapply(order, function(g) sum(months[group == g]) / 12)
  r <- poisson.test(x, y)
  record("rates: P", row$P, r$p.value, where = where)
  if (sum(x) > 0) record("rates: ratio", row[c("effect", "effect_low", "effect_high")], c(r$estimate, r$conf.int), 1e-5, where)
}

## Regression.
penalized <- function(x, y, fixed = NULL) {
  free <- setdiff(seq_len(ncol(x)), fixed)
  value <- function(b) {
    full <- numeric(ncol(x)); full[free] <- b
    e <- drop(x %*% full); p <- plogis(e)
    information <- crossprod(x * sqrt(p * (1 - p)))
    d <- determinant(information)$modulus
    if (!is.finite(d)) return(1e10)
    -(sum(y * e - ifelse(e > 0, e + log1p(exp(-e)), log1p(exp(e)))) + d / 2)
  }
  start <- numeric(length(free))
  for (i in 1:8) {
    o <- optim(start, value, method = "BFGS", control = list(reltol = 1e-15, maxit = 5000))
    if (max(abs(o$par - start)) < 1e-9) break
    start <- o$par
  }
  list(par = o$par, value = -o$value)
}
compare_regression <- function(data, outcome, predictors, where, firth = TRUE) {
  data <- data[c(outcome, predictors)]
  numbers <- predictors[sapply(data[predictors], function(x) is.numeric(x) && !all(na.omit(x) %in% 0:1))]
  file <- save_csv(data); declared <- if (length(numbers)) types(numbers) else c()
  list_of <- paste(predictors, collapse = ",")
  run <- function(...) ask("cohort", "logistic", file, "--outcome", outcome, "--predictors", list_of, "--format", "csv", ..., declared)
  complete <- na.omit(data)
  formula <- reformulate(predictors, outcome)
  fit <- suppressWarnings(glm(formula, binomial, complete, control = list(epsilon = 1e-14, maxit = 100)))
  finite <- fit$converged && max(abs(predict(fit))) < 15
  if (finite) {
    t <- run(); row <- t[match(called(predictors), t$predictor), ]
    s <- summary(fit)$coefficients[predictors, , drop = FALSE]
    record("logistic: B", row$b, s[, 1], 1e-5, where)
    record("logistic: SE", row$SE, s[, 2], 1e-5, where)
    record("logistic: Wald P", row[["P (multivariable)"]], s[, 4], 1e-5, where)
    record("logistic: VIF", row$vif, diag(solve(cor(complete[predictors]))), 1e-6, where)
    p <- run("--profile"); row <- p[match(called(predictors), p$predictor), ]
    lr <- sapply(predictors, function(name) anova(update(fit, reformulate(c("1", setdiff(predictors, name)), outcome)), fit, test = "LRT")[2, 5])
    record("logistic: likelihood ratio P", row[["P (multivariable)"]], lr, 1e-5, where)
    for (name in predictors[1]) {
      others <- reformulate(c("1", setdiff(predictors, name)), outcome)
      # glm itself diverges far from the maximum; this does not.
      x <- model.matrix(others, complete); y <- complete[[outcome]]
      start <- coef(fit)[colnames(x)]
      size <- pmax(abs(start), 1e-3)
      beyond <- function(b) sapply(b, function(v) {
        off <- v * complete[[name]]
        loss <- function(c) {e <- drop(x %*% (c * size)) + off; 2 * sum(ifelse(e > 0, e + log1p(exp(-e)), log1p(exp(e))) - y * e)}
        slope <- function(c) {e <- drop(x %*% (c * size)) + off; 2 * drop(crossprod(x, plogis(e) - y)) * size}
        at <- start / size
        for (i in 1:6) at <- optim(at, loss, slope, method = "BFGS", control = list(reltol = 1e-15, maxit = 5000))$par
        loss(at) - deviance(fit) - qchisq(.95, 1)
      })
      b <- coef(fit)[[name]]; se <- s[name, 2]
      low <- try(uniroot(beyond, c(b - 8 * se, b), tol = 1e-10 * se)$root, TRUE)
      high <- try(uniroot(beyond, c(b, b + 8 * se), tol = 1e-10 * se)$root, TRUE)
      if (is.numeric(low)) record("logistic: profile bound", row[row$predictor == called(name), "b_low"], low, 1e-4, where)
      if (is.numeric(high)) record("logistic: profile bound", row[row$predictor == called(name), "b_high"], high, 1e-4, where)
    }
    for (name in predictors) {
      own <- na.omit(data[c(outcome, name)])
      g <- suppressWarnings(glm(reformulate(name, outcome), binomial, own, control = list(epsilon = 1e-14, maxit = 100)))
      if (max(abs(predict(g))) < 15)
        record("logistic: univariable OR", t[t$predictor == called(name), "univariable_or"], exp(coef(g)[[name]]), 1e-5, where)
    }
  } else {
    t <- run(); row <- t[match(called(predictors), t$predictor), ]
    record("logistic: separation named", as.numeric(grepl("SEPARATION", row$warning) | nzchar(row$B)), rep(1, nrow(row)), where = where)
  }
  if (firth && length(predictors) <= 3) {
    x <- cbind(1, scale(as.matrix(complete[predictors]))); y <- complete[[outcome]]
    full <- penalized(x, y)
    f <- run("--firth"); row <- f[match(called(predictors), f$predictor), ]
    record("Firth: B", row$b, full$par[-1] / sapply(complete[predictors], sd), 1e-3, where)
    p <- sapply(seq_along(predictors), function(i) pchisq(2 * (full$value - penalized(x, y, i + 1)$value), 1, lower.tail = FALSE))
    record("Firth: likelihood ratio P", row[["P (multivariable)"]], p, 1e-3, where)
  }
}

## ROC.
compare_roc <- function(data, outcome, factors, where) {
  t <- ask("cohort", "roc", save_csv(data), "--outcome", outcome, "--factors", paste(factors, collapse = ","),
           "--format", "csv", "--bootstrap", "50", types(factors))
  for (name in factors) {
    own <- na.omit(data[c(outcome, name)])
    row <- t[t$factor == called(name), ]
    # Of an area of exactly 1/2 either direction will do: the program's.
    r <- suppressMessages(roc(own[[outcome]], own[[name]], levels = c(0, 1),
                              direction = ifelse(startsWith(row[["positive if"]], ">"), "<", ">")))
    record("ROC: area above 1/2", as.numeric(as.numeric(auc(r)) > .5 - 1e-12), 1, where = where)
    record("ROC: area", row$auc, as.numeric(auc(r)), where = paste(where, name))
    interval <- suppressWarnings(ci.auc(r))
    if (as.numeric(auc(r)) < 1) record("ROC: DeLong interval", row[c("auc_low", "auc_high")], interval[c(1, 3)], where = paste(where, name))
    best <- max(r$sensitivities + r$specificities)
    record("ROC: Youden sum", as.numeric(row$sensitivity) + as.numeric(row$specificity), best, where = paste(where, name))
    events <- sum(own[[outcome]]); found <- round(as.numeric(row$sensitivity) * events)
    record("ROC: Wilson", row[c("sensitivity_low", "sensitivity_high")],
           suppressWarnings(prop.test(found, events, correct = FALSE)$conf.int), where = paste(where, name))
  }
}

## Agreement.
# Classes, two raters. psych's interval of the weighted kappa is not that of the formula it cites.
compare_classes <- function(a, b, levels, where) {
  declared <- tempfile("types_", folder, ".csv")
  write.csv(data.frame(column = "x", type = "ordered", classes = paste(levels, collapse = ";")), declared,
            row.names = FALSE, quote = FALSE)
  id <- sprintf("p%04d", seq_along(a))
  t <- ask("agree", save_csv(data.frame(patient_id = id, x = a)), save_csv(data.frame(patient_id = id, x = b)),
           "--format", "csv", "--types", declared)
  m <- table(factor(a, levels), factor(b, levels)); m <- m[rowSums(m) + colSums(m) > 0, rowSums(m) + colSums(m) > 0]
  if (nrow(m) < 2 || t$kappa == "" || sum(diag(m)) == sum(m)) return(invisible())
  w <- 1 - abs(outer(seq_len(nrow(m)), seq_len(nrow(m)), "-")) / (nrow(m) - 1)
  k <- suppressWarnings(suppressMessages(cohen.kappa(unclass(m)))); l <- suppressWarnings(suppressMessages(cohen.kappa(unclass(m), w = w)))
  record("kappa", t[c("kappa", "kappa_low", "kappa_high")], c(k$kappa, pmax(-1, pmin(1, k$confid[1, c(1, 3)]))), where = where)
  record("kappa, weighted", t[c("linear_kappa", "quadratic_kappa")], c(l$weighted.kappa, k$weighted.kappa), where = where)
}
# Several raters, one column each.
compare_raters <- function(ratings, where) {
  files <- sapply(ratings, function(x) save_csv(data.frame(patient_id = sprintf("p%04d", seq_along(x)), x = x)))
  t <- do.call(ask, c(list("agree"), as.list(unname(files)), list("--format", "csv"), as.list(types("x"))))
  t <- t[t$raters == "all", ]
  if (t$reason != "") return(invisible())
  i <- suppressWarnings(suppressMessages(ICC(as.matrix(ratings)[complete.cases(ratings), ], lmer = FALSE)))$results
  for (kind in 2:3) {
    name <- paste0("icc_", kind, "_1")
    record(paste0("ICC(", kind, ",1) of several"), t[paste0(name, c("", "_low", "_high"))],
           unlist(i[kind, c("ICC", "lower bound", "upper bound")]), 1e-5, where)
  }
}
compare_agreement <- function(a, b, where) {
  id <- sprintf("p%04d", seq_along(a))
  t <- ask("agree", save_csv(data.frame(patient_id = id, x = a)), save_csv(data.frame(patient_id = id, x = b)), "--format", "csv", types("x"))
  ok <- complete.cases(a, b); a <- a[ok]; b <- b[ok]
  if (is.null(t) || t$reason != "") return(invisible())
  i <- suppressWarnings(suppressMessages(ICC(cbind(a, b), lmer = FALSE)))$results
  record("ICC(2,1)", t[c("icc_2_1", "icc_2_1_low", "icc_2_1_high")], unlist(i[2, c("ICC", "lower bound", "upper bound")]), 1e-5, where)
  record("ICC(3,1)", t[c("icc_3_1", "icc_3_1_low", "icc_3_1_high")], unlist(i[3, c("ICC", "lower bound", "upper bound")]), 1e-5, where)
  d <- a - b; r <- t.test(d)
  record("bias", t[c("bias", "bias_low", "bias_high")], c(mean(d), r$conf.int), where = where)
  m <- (a + b) / 2
  f <- lm(d ~ m)
  record("slope of differences", t[c("slope", "slope_low", "slope_high", "slope_p")],
         c(coef(f)[2], confint(f)[2, ], summary(f)$coefficients[2, 4]), 1e-5, where)
  share <- 100 * d / m
  record("limits in percent", t[c("percent_bias", "percent_lower_limit", "percent_upper_limit")],
         mean(share) + c(0, -1, 1) * qnorm(.975) * sd(share), where = where)
  record("limits of agreement", t[c("lower_limit", "upper_limit")], mean(d) + c(-1, 1) * qnorm(.975) * sd(d), where = where)
}

## Norms: the curve of least BIC among nlme's, on every scale.
compare_norms <- function(age, value, column, where) {
  n <- length(age); d <- (age - mean(range(age))) / 10
  data <- data.frame(patient_id = paste0("c", seq_len(n)), study_uid = seq_len(n), sex = "F", age = age, status = "ok",
                     level = "L3", pixel_row_mm = .6, pixel_col_mm = .6, software_version = "1",
                     level_source = "sagittal", outline_source = "model", outline_model = "m", roi = "fascial",
                     fat_method = "reference", fat_guard = "on", csa_repeat_low_cm2 = 1, fdr_repeat_low_pct = 1)
  data[[column]] <- value
  card <- tempfile("card_", folder)
  system2(program, shQuote(c("norms", "fit", save_csv(data), "-o", card)), stdout = FALSE, stderr = FALSE)
  text <- paste(readLines(card), collapse = " ")
  field <- function(name) sub(paste0('.*"', name, '": (\\[[^]]*\\]|[^,}]*).*'), "\\1", text)
  numbers <- function(name) as.numeric(strsplit(gsub("[][ ]", "", field(name)), ",")[[1]])
  scales <- list(raw = function(v) v, square_root = sqrt, log = log)
  slopes <- list(raw = function(v) 1 + 0 * v, square_root = function(v) .5 / sqrt(v), log = function(v) 1 / v)
  if (column == "fdr_pct") {
    scales$logit <- function(v) qlogis(v / 100); slopes$logit <- function(v) 100 / (v * (100 - v))
  }
  best <- list(bic = Inf)
  for (scale in names(scales)) for (bends in 2:3) for (changes in 1:2) {
    y <- scales[[scale]](value); x <- d^2
    formula <- if (bends == 2) y ~ d else y ~ d + x
    weights <- if (changes == 2) varExp(form = ~d) else NULL
    fit <- gls(formula, data.frame(y, d, x), weights = weights, method = "ML",
               control = glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500, msMaxIter = 500))
    bic <- (bends + changes) * log(n) - 2 * (as.numeric(logLik(fit)) + sum(log(slopes[[scale]](value))))
    if (bic < best$bic) best <- list(bic = bic, scale = scale, fit = fit, bends = bends, changes = changes)
  }
  record("norms: scale", as.numeric(field("scale") == paste0('"', best$scale, '"')), 1, where = where)
  record("norms: BIC", numbers("bic"), best$bic, where = where)
  record("norms: mean", numbers("mean"), coef(best$fit), 1e-4, where)
  larger <- n / (n - best$bends)
  record("norms: its errors", sqrt(diag(matrix(numbers("mean_covariance"), best$bends))),
         sqrt(diag(vcov(best$fit))), 1e-4, where)  # nlme takes n - p for them, also with ML.
  slope <- if (best$changes == 2) coef(best$fit$modelStruct$varStruct) else NULL
  record("norms: deviation", numbers("log_sd"), c(log(best$fit$sigma) + log(larger) / 2, slope), 1e-3, where)

  # Everybody beside the curve; 10 is added, so that a z near 0 has a relative difference.
  placed <- tempfile("placed_", folder)
  system2(program, shQuote(c("norms", "apply", card, save_csv(data), "-o", placed)), stdout = FALSE, stderr = FALSE)
  placed <- read.csv(placed)
  scaled <- scales[[best$scale]]; x <- cbind(1, d, d^2)[, 1:best$bends]; v <- cbind(1, d)[, 1:best$changes, drop = FALSE]
  sd <- sqrt(larger) * best$fit$sigma * exp(if (best$changes == 2) slope * d else 0)
  z <- (scaled(value) - fitted(best$fit)) / sd
  curve <- rowSums((x %*% vcov(best$fit)) * x) / sd^2 + z^2 * rowSums((v %*% solve(2 * crossprod(v))) * v)
  again <- qnorm(.95) * if (column == "fdr_pct") .9348 else .0208 * value
  low <- value - again; low[low <= 0] <- NA
  low <- z - sqrt((z - (scaled(low) - fitted(best$fit)) / sd)^2 + qnorm(.95)^2 * curve)
  record("norms: z", 10 + placed$z, 10 + z, 1e-3, where)
  record("norms: percentile", 100 + placed$percentile, 100 + 100 * pnorm(z), 1e-3, where)
  known <- !is.na(low)
  record("norms: lower end of z", 10 + placed$z_low[known], 10 + low[known], 2e-3, where)
}

## Data sets of R's own.
low <- birthwt; low$race <- factor(low$race, labels = c("white", "black", "other"))
low$smoke <- ifelse(low$smoke == 1, "yes", "no"); low$ht <- ifelse(low$ht == 1, "yes", "no"); low$low <- ifelse(low$low == 1, "small", "fit")
compare_two(low[c("low", "age", "lwt", "race", "smoke", "ht")], "low", "birthwt")
compare_several(low[c("race", "age", "lwt", "smoke")], "race", "birthwt")
compare_regression(birthwt, "low", c("age", "lwt", "smoke"), "birthwt")
compare_roc(birthwt, "low", c("age", "lwt"), "birthwt")
pima <- rbind(Pima.tr, Pima.te); pima$y <- as.integer(pima$type == "Yes")
compare_two(pima[c("type", "glu", "bmi", "age", "npreg")], "type", "Pima")
compare_regression(pima, "y", c("glu", "bmi", "age", "ped"), "Pima")
compare_roc(pima, "y", c("glu", "bmi", "ped"), "Pima")
compare_regression(infert, "case", c("age", "parity", "spontaneous"), "infert")
compare_two(transform(infert[c("case", "age", "parity", "education")], case = ifelse(case == 1, "a", "b")), "case", "infert")
sick <- lung; sick$dead <- ifelse(sick$status == 2, "dead", "alive"); sick$y <- as.integer(sick$status == 2)
compare_two(sick[c("dead", "age", "ph.karno", "meal.cal", "wt.loss")], "dead", "lung")
compare_regression(sick, "y", c("age", "ph.karno", "wt.loss"), "lung")
compare_rates(sick$y, sick$time / 30.4375, ifelse(sick$sex == 1, "men", "women"), "lung")
data(aSAH); bleed <- aSAH; bleed$y <- as.integer(bleed$outcome == "Poor")
compare_roc(bleed, "y", c("s100b", "ndka", "age"), "aSAH"); compare_regression(bleed, "y", c("s100b", "age"), "aSAH")
compare_paired(sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2], "sleep")
compare_several(PlantGrowth, "group", "PlantGrowth")
compare_several(transform(airquality[c("Month", "Ozone", "Wind", "Temp")], Month = paste0("m", Month)), "Month", "airquality")
compare_several(iris, "Species", "iris"); compare_agreement(iris$Sepal.Length, iris$Petal.Length, "iris")
compare_several(chickwts, "feed", "chickwts"); compare_two(ToothGrowth[c("supp", "len")], "supp", "ToothGrowth")
compare_two(transform(mtcars[c("am", "mpg", "hp", "wt")], am = ifelse(am == 1, "manual", "auto")), "am", "mtcars")
compare_regression(mtcars, "am", c("mpg"), "mtcars"); compare_agreement(anorexia$Prewt, anorexia$Postwt, "anorexia")
compare_raters(iris[1:4], "iris"); compare_raters(USJudgeRatings[2:6], "USJudgeRatings")
compare_paired(anorexia$Prewt, anorexia$Postwt, "anorexia"); compare_paired(immer$Y1, immer$Y2, "immer")

## Generated: ties, missing values, scales, separation.
set.seed(20261130)
for (set in seq_len(generated)) {
  where <- paste("generated", set)
  n <- sample(c(12, 20, 40, 90, 140), 1); scale <- 10^sample(c(-6, -2, 0, 0, 3, 8), 1)
  group <- sample(c("a", "b"), n, TRUE, c(.4, .6)); group[1:6] <- c("a", "a", "a", "b", "b", "b")
  y <- as.integer(group == "a")
  data <- data.frame(g = group, x = scale * (5 + rnorm(n) + .7 * y), tied = sample(0:6, n, TRUE) + y,
                     skewed = exp(rnorm(n)), k = sample(c("u", "v", "w"), n, TRUE), flag = sample(c("yes", "no"), n, TRUE))
  if (set %% 3 == 0) for (name in c("x", "tied", "skewed")) data[[name]][sample(7:n, 2)] <- NA
  compare_two(data, "g", where)
  steps <- c("none", "mild", "moderate", "severe")
  data$pain <- steps[pmin(4, 1 + rbinom(n, 3, .3) + rbinom(n, 1, .3 * y))]
  compare_ordered(data, "g", "pain", steps, where); compare_ordered(data, "k", "pain", steps, where)
  other <- ifelse(runif(n) < .6, data$pain, sample(steps, n, TRUE))
  compare_classes(data$pain, other, steps, where)
  data$pain <- NULL
  if (set %% 4 == 0) compare_several(data[c("k", "x", "tied", "flag")], "k", where)
  reg <- data.frame(y = y, x = data$x, tied = data$tied, s = data$skewed)
  if (set %% 5 == 0) reg$x <- scale * (ifelse(y == 1, 3, 1) + runif(n))  # Separated.
  compare_regression(reg, "y", c("x", "tied"), where, firth = set %% 2 == 0)
  compare_roc(reg, "y", c("x", "tied", "s"), where)
  compare_paired(data$tied, data$tied + sample(-3:2, n, TRUE), where)
  compare_rates(rbinom(n, 1, .2), round(runif(n, 1, 40), 1), group, where)
  a <- scale * (30 + 5 * rnorm(n)); compare_agreement(a, a + scale * (.3 + 2 * rnorm(n)), where)
  raters <- as.data.frame(lapply(1:sample(3:6, 1), function(i) a + scale * (rnorm(1) + 2 * rnorm(n))))
  if (set %% 3 == 0) raters[sample(7:n, 1), 1] <- NA
  compare_raters(raters, where)
}

for (set in 1:12) {
  n <- c(40, 60, 90, 200)[set %% 4 + 1]; age <- round(runif(n, 20, 80), 1); d <- (age - 50) / 10
  compare_norms(age, round(exp(3.6 - .05 * d + rnorm(n, sd = .2)), 3), "csa_cm2", paste("norms area", set))
  compare_norms(age, round(40 - d - .5 * d^2 + rnorm(n) * 4 * exp(.15 * d), 3), "csa_cm2", paste("norms bent", set))
  compare_norms(age, round(100 * plogis(-1.5 + .3 * d + rnorm(n, sd = .5)), 2), "fdr_pct", paste("norms fat", set))
}

cat(sprintf("\n%-32s %9s %20s %10s\n", "statistic", "compared", "largest difference", "tolerance"))
bad <- 0
for (name in names(results)) {
  one <- results[[name]]; bad <- bad + one$bad
  cat(sprintf("%-32s %9d %20.1e %10.0e%s\n", name, as.integer(one$n), one$worst, one$tolerance, if (one$bad) paste("  FAILS", one$bad) else ""))
}
cat(sum(sapply(results, `[[`, "n")), "figures compared with", R.version.string, "\n")
unlink(folder, recursive = TRUE)
quit(status = if (bad > 0) 1 else 0)
