// Package main has this file added to it for Wine alone.
package main

import _ "unsafe" // for go:linkname

// Go deletes files in a way that Wine 8 does not know, and says so in a way that Go does
// not expect. With this it deletes them as on Windows 8 and on FAT disks.
//
//go:linkname deleteAsOnFAT internal/syscall/windows.TestDeleteatFallback
var deleteAsOnFAT bool

func init() { deleteAsOnFAT = true }
