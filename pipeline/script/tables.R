# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#section The cohort (Reyhani et al., Table 1)
describe_number <- function(name) {
  x <- na.omit(data[[name]])
  q <- quantile(x, c(.5, .25, .75), names = FALSE)
  data.frame(variable = name, label = label_of(name), class = "", n = length(x), missing = nrow(data) - length(x),
             mean = mean(x), sd = sd(x), median = q[1], q1 = q[2], q3 = q[3], low = min(x), high = max(x),
             count = NA, percent = NA)
}
describe_classes <- function(name) {
  x <- data[[name]]
  if (is_yes_no(name)) x <- factor(x, c(1, 0), c("yes", "no"))
  count <- table(x)
  data.frame(variable = name, label = label_of(name), class = names(count), n = sum(count), missing = sum(is.na(x)),
             mean = NA, sd = NA, median = NA, q1 = NA, q3 = NA, low = NA, high = NA,
             count = as.vector(count), percent = 100 * as.vector(count) / sum(count))
}
describe <- function(columns) {
  do.call(rbind, lapply(columns, function(name) {
    if (is.numeric(data[[name]]) && !is_yes_no(name)) describe_number(name) else describe_classes(name)
  }))
}
keep(describe(described), "cohort")

# Two groups side by side. Which test: ranks where a group has fewer than 10 values or is skewed beyond 1, else
# Welch's t; Fisher's exact test where an expected count is below 5, else chi-square without correction; ordered
# classes by ranks. Ranks are exact below 50 values a group, with ties where exactRankTests is installed.
skewness <- function(x) {
  d <- x - mean(x)
  if (all(d == 0)) 0 else mean(d^3) / mean(d^2)^1.5
}
rank_test <- function(a, b, ...) {
  exact <- length(a) < 50 && length(b) < 50
  if (!exact || !requireNamespace("exactRankTests", quietly = TRUE)) {
    return(suppressWarnings(wilcox.test(a, b, exact = exact, ...)$p.value))
  }
  # In one of the two orders it may leave out sums that lie as far from the mean as the one found.
  p <- function(one, other) suppressWarnings(exactRankTests::wilcox.exact(one, other, exact = TRUE, ...)$p.value)
  max(p(a, b), p(b, a))
}
compare_numbers <- function(name, x, g) {
  a <- x[g == levels(g)[1]]
  b <- x[g == levels(g)[2]]
  row <- data.frame(variable = name, label = label_of(name), class = "", n_1 = length(a), mean_1 = mean(a), sd_1 = sd(a),
                    count_1 = NA, n_2 = length(b), mean_2 = mean(b), sd_2 = sd(b), count_2 = NA, test = "", p = NA)
  if (length(a) < 2 || length(b) < 2) return(row)
  by_rank <- any(sapply(list(a, b), function(v) length(v) < 10 || abs(skewness(v)) > 1))
  row$test <- if (by_rank) "Mann-Whitney" else "Welch t"
  row$p <- if (by_rank) rank_test(a, b) else if (sd(a) > 0 || sd(b) > 0) t.test(a, b)$p.value else NA
  row
}
compare_classes <- function(name, x, g) {
  is_ordered <- is.ordered(x)
  x <- if (is_yes_no(name)) droplevels(factor(x, c(1, 0), c("yes", "no"))) else droplevels(x)
  counts <- table(g, x)
  expected <- outer(rowSums(counts), colSums(counts)) / sum(counts)
  test <- ""
  p <- NA
  if (ncol(counts) > 2 && is_ordered) {
    test <- "Mann-Whitney"
    p <- rank_test(as.numeric(x)[g == levels(g)[1]], as.numeric(x)[g == levels(g)[2]])
  } else if (ncol(counts) > 1 && all(rowSums(counts) > 0)) {
    test <- if (min(expected) < 5) "Fisher exact" else "chi-square"
    p <- if (min(expected) < 5) fisher.test(counts, workspace = 2e7)$p.value else chisq.test(counts, correct = FALSE)$p.value
  }
  data.frame(variable = name, label = label_of(name), class = colnames(counts), n_1 = sum(counts[1, ]), mean_1 = NA, sd_1 = NA,
             count_1 = counts[1, ], n_2 = sum(counts[2, ]), mean_2 = NA, sd_2 = NA, count_2 = counts[2, ], test = test, p = p)
}
# `by`: a yes/no column, or one of classes of which `groups` are the two to compare.
compare <- function(columns, by, groups = c("yes", "no")) {
  group <- if (is_yes_no(by)) ifelse(data[[by]] == 1, "yes", "no") else as.character(data[[by]])
  group <- factor(group, groups)
  table <- do.call(rbind, lapply(setdiff(columns, by), function(name) {
    known <- !is.na(data[[name]]) & !is.na(group)
    x <- data[[name]][known]
    if (!any(known)) return(NULL)
    if (is.numeric(x) && !is_yes_no(name)) compare_numbers(name, x, group[known]) else compare_classes(name, x, group[known])
  }))
  first <- !duplicated(table$variable)  # P values of one column are one test.
  for (method in c("holm", "BH")) {
    adjusted <- p.adjust(table$p[first], method)
    table[[method]] <- adjusted[match(table$variable, table$variable[first])]
  }
  table
}

#section Groups by outcome (Yang et al., Table 1) | @outcome
keep(compare(characteristics, outcome), "by_outcome")

#section Muscles by outcome (Yang et al., Table 2) | @outcome, csa_cm2|fdr_pct|fa_cm2|vb_cm2
keep(compare(muscles, outcome), "muscles_by_outcome")

#section With and without a brace (Reyhani et al., Table 2) | brace
# The groups may have been watched for unlike times; compare rates, or survival, where follow_up differs.
keep(compare(described, "brace"), "by_brace")

#section Leakage into the disc, spike against round (Reyhani et al., Table 3) | leakage_type
if (all(c("spike", "round") %in% data$leakage_type)) {
  keep(compare(described, "leakage_type", c("spike", "round")), "by_leakage_type")
}

#section Change within patients (Reyhani et al.) | vas_pre|odi_pre, vas_post|odi_post
pairs <- sub("_pre$", "", grep("_pre$", names(data), value = TRUE))
pairs <- pairs[paste0(pairs, "_post") %in% names(data)]
paired <- do.call(rbind, lapply(pairs, function(scale) {
  rows <- complete_rows(paste0(scale, c("_pre", "_post")))
  before <- rows[[paste0(scale, "_pre")]]
  after <- rows[[paste0(scale, "_post")]]
  by_rank <- nrow(rows) < 10 || abs(skewness(after - before)) > 1
  p <- if (by_rank) rank_test(after, before, paired = TRUE) else t.test(after, before, paired = TRUE)$p.value
  interval <- t.test(after, before, paired = TRUE)
  data.frame(scale, n = nrow(rows), before = mean(before), after = mean(after), change = mean(after - before),
             low = interval$conf.int[1], high = interval$conf.int[2],
             test = if (by_rank) "signed rank" else "paired t", p)
}))
keep(paired, "change")
