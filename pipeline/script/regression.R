# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#section Logistic regression (Yang et al., Table 3) | @outcome, @predictors
model_formula <- reformulate(predictors, outcome)
complete <- complete_rows(c(outcome, predictors))
cat("\n", nrow(complete), "of", nrow(data), "rows have all predictors and the outcome\n")
exact <- glm.control(epsilon = 1e-12, maxit = 100)  # The default stops after four digits or so.
odds_ratios <- function(fit) {
  coefficients <- summary(fit)$coefficients
  interval <- confint.default(fit)  # Wald.
  # Classes are compared with this one.
  of <- c("", attr(terms(fit), "term.labels"))[attr(model.matrix(fit), "assign") + 1]
  reference <- vapply(of, function(name) if (name == "" || is.numeric(data[[name]])) "" else commonest(data[[name]]), "")
  data.frame(term = rownames(coefficients), reference = unname(reference), b = coefficients[, 1], se = coefficients[, 2], or = exp(coefficients[, 1]),
             low = exp(interval[, 1]), high = exp(interval[, 2]), p = coefficients[, 4])
}
univariable <- do.call(rbind, lapply(predictors, function(name) {
  fit <- glm(reformulate(name, outcome), binomial, complete_rows(c(outcome, name)), control = exact)
  cbind(odds_ratios(fit)[-1, ], n = nobs(fit))
}))
keep(univariable, "logistic_univariable")
logistic <- glm(model_formula, binomial, complete, control = exact)
warn_of_few_events(sum(complete[[outcome]]), length(coef(logistic)) - 1)
if (!logistic$converged || max(abs(predict(logistic))) > 15) {
  cat("CAUTION: the predictors separate the outcomes; these odds ratios do not exist. Use logistf or brglm2.\n")
}
keep(odds_ratios(logistic), "logistic")
keep(data.frame(term = names(coef(logistic))[-1],
                vif = diag(solve(cor(model.matrix(logistic)[, -1, drop = FALSE])))), "logistic_inflation")

#section ROC curves (Yang et al., Figure 3) | @outcome, @predictors
if (has("pROC")) {
  factors <- predictors[sapply(data[predictors], is.numeric)]
  curves <- lapply(setNames(factors, factors), function(name) {
    rows <- complete_rows(c(outcome, name))
    curve <- pROC::roc(rows[[outcome]], rows[[name]], levels = c(0, 1), direction = "<", quiet = TRUE)
    if (curve$auc >= 0.5) curve else pROC::roc(rows[[outcome]], rows[[name]], levels = c(0, 1), direction = ">", quiet = TRUE)
  })
  keep(do.call(rbind, lapply(factors, function(name) {
    area <- as.numeric(pROC::ci.auc(curves[[name]], method = "delong"))
    best <- pROC::coords(curves[[name]], "best", best.method = "youden", transpose = FALSE,
                         ret = c("threshold", "sensitivity", "specificity", "ppv", "npv", "accuracy"))[1, ]
    # The cutoff was chosen on these patients and is too good for others.
    cbind(data.frame(factor = name, n = length(curves[[name]]$response), auc = area[2], low = area[1], high = area[3],
                     event_if = if (curves[[name]]$direction == "<") "above" else "below"), best)
  })), "roc")
  figure("roc")
  for (place in seq_along(curves)) {
    plot(curves[[place]], add = place > 1, col = hcl.colors(length(curves), "Dark 3")[place], legacy.axes = TRUE)
  }
  legend("bottomright", label_of(factors), col = hcl.colors(length(curves), "Dark 3"), lwd = 2, bty = "n", cex = 0.7)
  dev.off()
}

#section Multiple imputation of missing values | @outcome, @predictors
# White, Royston and Wood 2011, doi:10.1002/sim.4067: as many imputations as percent of incomplete rows; the outcome and
# what tells of the missing values take part. It assumes that values are missing at random given these.
incomplete <- mean(!complete.cases(data[c(outcome, predictors)]))
if (incomplete > 0 && has("mice")) {
  imputed_from <- data[unique(c(outcome, predictors, characteristics))]
  imputed_from <- imputed_from[sapply(imputed_from, function(x) length(unique(na.omit(x))) > 1)]
  for (name in names(imputed_from)) if (is_yes_no(name)) imputed_from[[name]] <- factor(imputed_from[[name]], c(0, 1))
  imputed <- mice::mice(imputed_from, m = max(20, ceiling(100 * incomplete)), seed = 20251130, printFlag = FALSE)
  if (!is.null(imputed$loggedEvents)) print(utils::head(imputed$loggedEvents))
  fits <- lapply(seq_len(imputed$m), function(i) glm(model_formula, binomial, mice::complete(imputed, i)))
  pooled <- summary(mice::pool(mice::as.mira(fits)), conf.int = TRUE, exponentiate = TRUE)
  keep(data.frame(term = pooled$term, or = pooled$estimate, low = pooled[["2.5 %"]], high = pooled[["97.5 %"]],
                  p = pooled$p.value), "logistic_imputed")
} else if (incomplete == 0) {
  cat("\nnothing is missing, so that nothing is imputed\n")
}

#section Are CSA and FDR linear in the logit? Natural splines | @outcome, csa_cm2|fdr_pct
curved <- do.call(rbind, lapply(intersect(c("csa_cm2", "fdr_pct"), names(data)), function(name) {
  rows <- complete_rows(c(outcome, name))
  rows$x <- rows[[name]]
  straight <- glm(reformulate("x", outcome), binomial, rows)
  spline <- glm(reformulate("splines::ns(x, df = 3)", outcome), binomial, rows)
  at <- data.frame(x = seq(min(rows$x), max(rows$x), length.out = 200))
  risk <- predict(spline, at, se.fit = TRUE)
  figure(paste0("spline_", name))
  bounds <- plogis(cbind(risk$fit, risk$fit - 1.96 * risk$se.fit, risk$fit + 1.96 * risk$se.fit))
  matplot(at$x, bounds, type = "l", lty = c(1, 2, 2), col = 1, ylim = c(0, 1), xlab = label_of(name), ylab = label_of(outcome))
  rug(rows$x)
  dev.off()
  test <- anova(straight, spline, test = "LRT")
  data.frame(variable = name, n = nrow(rows), chi_square = test$Deviance[2], df = test$Df[2], p_not_linear = test$`Pr(>Chi)`[2])
}))
keep(curved, "splines")

#section Nomogram | @outcome, @predictors
# Corrected for optimism by the bootstrap (Harrell, Regression Modeling Strategies). Such a model needs other patients
# before anybody acts on it.
if (has("rms")) {
  suppressPackageStartupMessages(library(rms))  # Its functions look for each other by name.
  labelled <- complete[c(outcome, predictors)]
  # It has contrasts of its own, and knows of no order.
  for (name in predictors) if (is.factor(labelled[[name]])) labelled[[name]] <- factor(labelled[[name]], ordered = FALSE)
  for (name in predictors) label(labelled[[name]]) <- label_of(name)
  distribution <- datadist(labelled)
  options(datadist = "distribution")
  points <- lrm(model_formula, labelled, x = TRUE, y = TRUE)
  figure("nomogram", width = 11, height = 8)
  plot(nomogram(points, fun = plogis, funlabel = paste("Risk of", label_of(outcome))), cex.axis = 0.6, cex.var = 0.7,
       vnames = "labels")
  dev.off()
  checked <- validate(points, B = 200)
  keep(data.frame(index = rownames(checked), apparent = checked[, "index.orig"], optimism = checked[, "optimism"],
                  corrected = checked[, "index.corrected"]), "nomogram_validation")
  figure("nomogram_calibration")
  plot(calibrate(points, B = 200))
  dev.off()
}
