//go:build !linux || (!amd64 && !arm64)

package garbage

func useLargePages() {}
