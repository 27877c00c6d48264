/* Writes down, in order, every write, truncation and sync of the data file and its log, and of the file of answers.
 * Built and loaded by the test where a C compiler is there; never part of the program. Record: kind, file, offset,
 * length, bytes; kinds w(rite), t(runcate), s(ync); files d(ata), l(og), a(nswers). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;

static char file_of(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  const char *name = strrchr(path, '/');
  if (!name) return 0;
  if (strcmp(name, "/yewutai.ywt") == 0) return 'd';
  if (strcmp(name, "/yewutai.ywt-wal") == 0) return 'l';
  if (strcmp(name, "/answers") == 0) return 'a';
  return 0;
}

static void note(char kind, char file, int64_t at, int64_t size, const void *bytes) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  if (trace < 0) trace = open(getenv("POWER_TRACE"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  unsigned char head[18];
  head[0] = kind;
  head[1] = file;
  memcpy(head + 2, &at, 8);
  memcpy(head + 10, &size, 8);
  real(trace, head, sizeof head);
  if (bytes && size > 0) real(trace, bytes, size);
}

#define REAL(type, name, args) static type(*real) args; if (!real) real = (type(*) args)dlsym(RTLD_NEXT, name)

ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", (int, const void *, size_t, off64_t));
  char file = file_of(fd);
  if (!file) return real(fd, buffer, size, at);
  pthread_mutex_lock(&lock);
  ssize_t done = real(fd, buffer, size, at);
  if (done > 0) note('w', file, at, done, buffer);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t at) { return pwrite64(fd, buffer, size, at); }

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", (int, off64_t));
  char file = file_of(fd);
  pthread_mutex_lock(&lock);
  int done = real(fd, size);
  if (file && done == 0) note('t', file, size, 0, NULL);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
  char file = file_of(fd);
  pthread_mutex_lock(&lock);
  int done = real(fd);
  if (file && done == 0) note('s', file, 0, 0, NULL);
  pthread_mutex_unlock(&lock);
  return done;
}
int fsync(int fd) { REAL(int, "fsync", (int)); return synced(fd, real); }
int fdatasync(int fd) { REAL(int, "fdatasync", (int)); return synced(fd, real); }
