// Package powercut lets a test cut the power: it mounts a file system of its own, and
// stops it dead as a power cut does (see [Disk.Cut]).
//
// In: nothing but Linux, root, and mkfs.ext4; a test that lacks one of them is skipped
// with a sentence that says which. Out: a folder.
package powercut
