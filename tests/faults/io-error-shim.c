/* Makes the operating system fail: every nth call named in IO_FAIL on a data file, its log or its lock file ends with
 * EIO. Built and loaded by the test where a C compiler is there; never part of the program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int fails(const char *call, int fd) {
  const char *wanted = getenv("IO_FAIL");
  const char *every = getenv("IO_EVERY");
  if (!wanted || !every || strcmp(wanted, call) != 0) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  const char *name = strstr(path, "yewutai.ywt");
  if (!name || strstr(name, ".head")) return 0;
  return (atomic_fetch_add(&calls, 1) + 1) % atol(every) == 0;
}

#define REAL(type, name, args) static type(*real) args; if (!real) real = (type(*) args)dlsym(RTLD_NEXT, name)

ssize_t pread64(int fd, void *buffer, size_t size, off64_t at) {
  REAL(ssize_t, "pread64", (int, void *, size_t, off64_t));
  if (fails("pread", fd)) { errno = EIO; return -1; }
  return real(fd, buffer, size, at);
}
ssize_t pread(int fd, void *buffer, size_t size, off_t at) { return pread64(fd, buffer, size, at); }

ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", (int, const void *, size_t, off64_t));
  if (fails("pwrite", fd)) { errno = EIO; return -1; }
  return real(fd, buffer, size, at);
}
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t at) { return pwrite64(fd, buffer, size, at); }

int fsync(int fd) {
  REAL(int, "fsync", (int));
  if (fails("fsync", fd)) { errno = EIO; return -1; }
  return real(fd);
}
int fdatasync(int fd) {
  REAL(int, "fdatasync", (int));
  if (fails("fsync", fd)) { errno = EIO; return -1; }
  return real(fd);
}
