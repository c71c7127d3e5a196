/* What tests/full.d/wine needs from Windows and wine lacks, as a library and as a program.
 *
 * Library (-DLIBRARY): bcryptprimitives.dll, which Rust's programs ask for random numbers. Wine 8 has none.
 * Program: `hold FILE MILLISECONDS SHARE` keeps a file open, as a browser (7) or Word (1) does; `hold LOG PAGE` is the
 * program for web pages, and writes the name and the text of the page into LOG. */
#include <windows.h>

#ifdef LIBRARY
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return SystemFunction036(data, (ULONG)length);
}
#else
#include <stdio.h>
#include <stdlib.h>

static int show(const char *log, const char *page) {
    char text[2000];
    FILE *from = fopen(page, "rb"), *to = fopen(log, "wb");
    if (!from || !to) return 1;
    fprintf(to, "%s\n", page);
    fwrite(text, 1, fread(text, 1, sizeof text, from), to);
    return fclose(to);
}

int main(int count, char **words) {
    HANDLE file;
    if (count == 3) return show(words[1], words[2]);
    if (count != 4) return 2;
    file = CreateFileA(words[1], GENERIC_READ, atoi(words[3]), NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 1;
    puts("open");
    fflush(stdout);
    Sleep(atoi(words[2]));
    CloseHandle(file);
    return 0;
}
#endif
