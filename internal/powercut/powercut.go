// Package powercut lets a test cut the power: it mounts a file system of its own, and
// stops it dead as a power cut does (see [Disk.Cut]).
//
// In: nothing but what [lienhiep/internal/needs] calls PowerCut. Out: a folder.
package powercut
