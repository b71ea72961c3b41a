/* The one function of Windows' bcryptprimitives.dll that Go's runtime asks for, and that
   Wine 8 lacks: random bytes, here by the older name of the same thing. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID to, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T length) {
	return SystemFunction036(to, length);
}
