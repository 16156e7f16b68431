// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/library_messages.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/oflog/oflog.h>
#include <itkObject.h>

namespace paraspinal {

void silence_library_messages() {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    itk::Object::GlobalWarningDisplayOff();
}

}  // namespace paraspinal
