* SPDX-FileCopyrightText: 2026 The paraspinal authors
* SPDX-License-Identifier: Apache-2.0
*section Data
use data.dta, clear

*section The cohort, numbers (Reyhani et al., Table 1) | @numbers
summarize @numbers@ @muscles@, detail

*section The cohort, classes (Reyhani et al., Table 1) | @classes
foreach name of varlist @classes@ {
    tabulate `name'
}

*section Numbers by outcome (Yang et al., Table 1; Welch) | @outcome, @numbers
foreach name of varlist @numbers@ {
    ttest `name', by(@outcome@) unequal
}

*section Classes by outcome (Yang et al., Table 1) | @outcome, @classes
foreach name of varlist @classes@ {
    tabulate `name' @outcome@, chi2 exact column
}

*section Muscles by outcome (Yang et al., Table 2; Welch) | @outcome, @muscles
foreach name of varlist @muscles@ {
    ttest `name', by(@outcome@) unequal
}

*section Numbers with and without a brace (Reyhani et al., Table 2; Welch) | brace, @numbers
foreach name of varlist @numbers@ {
    ttest `name', by(brace) unequal
}

*section Pain before and after (Reyhani et al.) | vas_pre, vas_post
ttest vas_post == vas_pre

*section Disability before and after (Reyhani et al.) | odi_pre, odi_post
ttest odi_post == odi_pre

*section Logistic regression (Yang et al., Table 3) | @outcome, @predictors
logistic @outcome@ @predictors@

*section ROC curves (Yang et al., Figure 3) | @outcome, @factors
foreach name of varlist @factors@ {
    roctab @outcome@ `name', summary
}

*section Time to a new fracture | @outcome, @follow_up, @predictors
stset @follow_up@, failure(@outcome@)
sts graph
stcox @predictors@
estat phtest, detail
