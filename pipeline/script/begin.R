# SPDX-FileCopyrightText: 2026 The paraspinal authors
# SPDX-License-Identifier: Apache-2.0
#section Data and helpers
options(width = 120)
set.seed(20251130)  # Of imputation and bootstrap: the same data give the same figures.
dir.create("results", showWarnings = FALSE)

# Data, with the types that dictionary.csv gives them: yes/no as 1 and 0, classes as factors, NA where missing.
read_table <- function(file) {
  read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")
}
data <- read_table("data.csv")
dictionary <- read_table("dictionary.csv")
dictionary$name <- ifelse(is.na(dictionary$means), dictionary$column, dictionary$means)
dictionary <- dictionary[match(names(data), dictionary$name), ]
names(data) <- dictionary$name <- make.names(names(data))  # Formulas take no blanks.
stopifnot(!anyDuplicated(names(data)))
# The commonest class, the first of equals, as `paraspinal cohort logistic` has it: others are compared with it.
commonest <- function(x) {
  counts <- table(as.character(x))
  counts <- counts[order(names(counts), method = "radix")]
  names(counts)[which.max(counts)]
}
for (place in seq_along(data)) {
  type <- dictionary$type[place]
  known <- sum(!is.na(data[[place]]))
  if (names(data)[place] == "patient_number" || type %in% c("number", "yes_no")) {
    data[[place]] <- as.numeric(data[[place]])
  } else if (type %in% "ordered") {
    classes <- strsplit(dictionary$classes[place], ";", fixed = TRUE)[[1]]
    data[[place]] <- droplevels(factor(data[[place]], classes, ordered = TRUE))
    # Each class against the commonest, no polynomials.
    if (nlevels(data[[place]]) > 1) {
      contrasts(data[[place]]) <- contr.treatment(levels(data[[place]]), match(commonest(data[[place]]), levels(data[[place]])))
    }
  } else if (known > 0) {
    data[[place]] <- relevel(factor(data[[place]]), commonest(data[[place]]))
  } else {
    data[[place]] <- factor(data[[place]])
  }
  if (sum(!is.na(data[[place]])) != known) stop(names(data)[place], " holds what its type does not allow")
}
is_yes_no <- function(name) dictionary$type[match(name, dictionary$name)] %in% "yes_no"
label_of <- function(name) {
  entry <- dictionary[match(name, dictionary$name), ]
  text <- ifelse(is.na(entry$label), entry$name, entry$label)
  ifelse(is.na(entry$unit), text, paste0(text, " (", entry$unit, ")"))
}
characteristics <- make.names(characteristics)
after <- make.names(after)
muscles <- make.names(muscles)
predictors <- make.names(predictors)
outcome <- make.names(outcome)
follow_up <- make.names(follow_up)
absent <- setdiff(c(characteristics, muscles, predictors), names(data))
if (length(absent)) stop("data.csv has no ", toString(absent))
described <- unique(c(characteristics, muscles, intersect(names(data), after)))
cat(nrow(data), "rows,", length(unique(data$patient_number)), "patients\n")
if (anyDuplicated(data$patient_number)) {
  warning("some patients have several rows, which are not independent: keep one of each, or model them")
}

# Shows a table and keeps it in results/, with every figure in full.
keep <- function(table, name) {
  cat("\n", name, "\n", sep = "")
  print(table, digits = 4, row.names = FALSE)
  write.csv(table, file.path("results", paste0(name, ".csv")), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
# A figure in results/, drawn by what follows until dev.off().
figure <- function(name, ...) pdf(file.path("results", paste0(name, ".pdf")), ...)
has <- function(package) {
  found <- requireNamespace(package, quietly = TRUE)
  if (!found) cat("\nleft out: install.packages(\"", package, "\")\n", sep = "")
  found
}
complete_rows <- function(columns) data[complete.cases(data[columns]), , drop = FALSE]
# Few events a predictor make odds and hazard ratios too large: Peduzzi et al. 1996, doi:10.1016/S0895-4356(96)00236-3.
warn_of_few_events <- function(events, terms) {
  if (events < 10 * terms) cat(sprintf("CAUTION: %d events for %d terms, fewer than 10 each\n", events, terms))
}
