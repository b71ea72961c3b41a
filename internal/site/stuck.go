package site

import (
	"os"
	"runtime"
	"strings"
	"time"
)

// Hugo's workers end at the second error; whoever still hands them pages then waits for
// ever, and the first error is never told (hugolib/site_render.go of v0.165.0). The child
// process sees that and ends; its caller builds again with so many workers that some are
// left to hear of the first error.
const (
	exitStuck   = 75 // the exit code of a child that waits for nobody
	manyWorkers = "HUGO_NUMWORKERMULTIPLIER=16384"
)

// endWhenStuck ends the process once Hugo waits for nobody.
func endWhenStuck() {
	buf := make([]byte, 1<<20)
	waits := false
	for range time.Tick(time.Second) {
		before := waits
		waits = isStuck(string(buf[:runtime.Stack(buf, true)]))
		if before && waits { // not only between two lists of pages
			os.Exit(exitStuck)
		}
	}
}

// isStuck reports whether a page is being handed out, by what the process's goroutines do,
// and nobody is left to take it. Where a slow machine has stopped whoever begins or ends
// with a list of pages, nobody takes any either, but none is handed out.
func isStuck(stacks string) bool {
	if strings.Contains(stacks, "hugolib.pageRenderer(") {
		return false
	}
	for goroutine := range strings.SplitSeq(stacks, "\n\n") {
		state, calls, _ := strings.Cut(goroutine, "\n")
		if strings.Contains(state, "[chan send") && strings.Contains(calls, "hugolib.(*Site).renderPages(") {
			return true
		}
	}
	return false
}
