* SPDX-FileCopyrightText: 2026 The paraspinal authors.
* SPDX-License-Identifier: Apache-2.0.
*section Data
GET FILE='data.sav'.

*section The cohort, numbers (Reyhani et al., Table 1) | @numbers
DESCRIPTIVES VARIABLES=@numbers@ @muscles@ /STATISTICS=MEAN STDDEV MIN MAX.

*section The cohort, classes (Reyhani et al., Table 1) | @classes
FREQUENCIES VARIABLES=@classes@.

*section Numbers by outcome (Yang et al., Table 1; Welch is the line of unequal variances) | @outcome, @numbers
T-TEST GROUPS=@outcome@(1,0) /VARIABLES=@numbers@.

*section Classes by outcome (Yang et al., Table 1) | @outcome, @classes
CROSSTABS /TABLES=@classes@ BY @outcome@ /STATISTICS=CHISQ /CELLS=COUNT COLUMN.

*section Muscles by outcome (Yang et al., Table 2) | @outcome, @muscles
T-TEST GROUPS=@outcome@(1,0) /VARIABLES=@muscles@.

*section Numbers with and without a brace (Reyhani et al., Table 2) | brace, @numbers
T-TEST GROUPS=brace(1,0) /VARIABLES=@numbers@.

*section Pain before and after (Reyhani et al.) | vas_pre, vas_post
T-TEST PAIRS=vas_pre WITH vas_post.

*section Disability before and after (Reyhani et al.) | odi_pre, odi_post
T-TEST PAIRS=odi_pre WITH odi_post.

*section Logistic regression (Yang et al., Table 3) | @outcome, @predictors
LOGISTIC REGRESSION VARIABLES=@outcome@ WITH @predictors@ /PRINT=CI(95).

*section ROC curves (Yang et al., Figure 3) | @outcome, @factors
ROC @factor@ BY @outcome@(1) /PLOT=CURVE(REFERENCE) /PRINT=SE COORDINATES.

*section Time to a new fracture (PSPP has neither command) | @outcome, @follow_up, @predictors
KM @follow_up@ /STATUS=@outcome@(1) /PLOT=SURVIVAL.
COXREG @follow_up@ /STATUS=@outcome@(1) /METHOD=ENTER @predictors@ /PRINT=CI(95).
