# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#section Pain and disability over time: mixed models | vas_pre|odi_pre, vas_post|odi_post
# Every patient with at least one value takes part; it assumes that missing visits are missing at random. VAS has few
# values and a floor: look at the residuals before you trust it.
if (has("lme4")) {
  by_brace <- is_yes_no("brace") && length(unique(na.omit(data$brace))) == 2
  mixed <- do.call(rbind, lapply(c("vas", "odi"), function(scale) {
    columns <- grep(paste0("^", scale, "_"), names(data), value = TRUE)
    columns <- columns[order(match(columns, paste0(scale, "_pre"), 2), columns == paste0(scale, "_post"))]
    if (length(columns) < 2) return(NULL)
    long <- do.call(rbind, lapply(columns, function(name) {
      data.frame(patient_number = data$patient_number, time = sub("^[a-z]+_", "", name), value = data[[name]],
                 brace = if (by_brace) data$brace else 0)
    }))
    long$time <- factor(long$time, unique(long$time))
    long <- na.omit(long)
    right <- if (by_brace) "time * brace" else "time"
    fit <- lme4::lmer(reformulate(c(right, "(1 | patient_number)"), "value"), long)
    if (by_brace) {  # Does the brace change the course? Likelihood ratio, hence not REML.
      alike <- lme4::lmer(value ~ time + brace + (1 | patient_number), long, REML = FALSE)
      cat("\n", scale, ": time by brace\n", sep = "")
      print(anova(alike, update(alike, . ~ . + time:brace)))
    }
    interval <- confint(fit, parm = "beta_", method = "Wald")
    data.frame(scale, term = names(lme4::fixef(fit)), estimate = lme4::fixef(fit), low = interval[, 1], high = interval[, 2],
               patients = length(unique(long$patient_number)), values = nrow(long), row.names = NULL)
  }))
  keep(mixed, "mixed_models")
}

#section Time to a new fracture: Kaplan-Meier and Cox | @outcome, @follow_up
# The time must end with the fracture, or else with the last visit. Death is taken for the end of observation.
library(survival)
watched <- data[!is.na(data[[outcome]]) & !is.na(data[[follow_up]]) & data[[follow_up]] > 0, ]
cat("\n", nrow(data) - nrow(watched), "rows without outcome or time above 0 are left out\n")
time_to_event <- Surv(watched[[follow_up]], watched[[outcome]])
group <- factor(rep("all", nrow(watched)))
if (is_yes_no("brace")) group <- factor(watched$brace, c(0, 1), c("without brace", "with brace"))
curves <- survfit(time_to_event ~ group)
times <- quantile(watched[[follow_up]], c(.25, .5, .75), names = FALSE)
at <- summary(curves, times = times, extend = TRUE)
keep(data.frame(group = if (is.null(at$strata)) "all" else sub("^group=", "", at$strata), time = at$time,
                at_risk = at$n.risk, free = at$surv, low = at$lower, high = at$upper), "kaplan_meier")
figure("kaplan_meier")
plot(curves, lty = seq_along(levels(group)), conf.int = nlevels(droplevels(group)) == 1, mark.time = TRUE,
     xlab = label_of(follow_up), ylab = paste("free of", label_of(outcome)))
legend("bottomleft", levels(group), lty = seq_along(levels(group)), bty = "n")
dev.off()
if (nlevels(droplevels(group)) > 1) print(survdiff(time_to_event ~ group))
hazards <- function(names_of) {
  rows <- complete.cases(watched[names_of])
  fit <- coxph(reformulate(names_of, "time_to_event[rows]"), watched[rows, ])
  table <- summary(fit)
  list(fit = fit, table = data.frame(term = rownames(table$coefficients), hr = table$conf.int[, 1],
                                     low = table$conf.int[, 3], high = table$conf.int[, 4],
                                     p = table$coefficients[, 5], n = table$n, events = table$nevent))
}
if (length(predictors) > 0) {
  keep(do.call(rbind, lapply(predictors, function(name) hazards(name)$table)), "cox_univariable")
  cox <- hazards(predictors)
  warn_of_few_events(cox$fit$nevent, length(coef(cox$fit)))
  keep(cox$table, "cox")
  print(cox.zph(cox$fit))  # Small P: the hazards are not proportional, and one ratio does not tell the story.
}
