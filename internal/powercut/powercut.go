// Package powercut simulates power failures in tests: it mounts a file system and stops
// it as a power failure would (see [Disk.Cut]).
//
// In: nothing but what [lienhiep/internal/needs] calls PowerCut. Out: a folder.
package powercut
