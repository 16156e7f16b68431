#include "core/measurement.h"
