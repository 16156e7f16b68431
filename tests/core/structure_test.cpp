#include "core/structure.h"
