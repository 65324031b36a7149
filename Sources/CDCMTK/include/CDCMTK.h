/// Flat C functions over DCMTK; no exception and no C++ type crosses them.
#pragma once
