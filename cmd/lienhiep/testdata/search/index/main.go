// Index makes the search index of the built site in a folder, and nothing else,
// so that its time and memory can be measured. It prints them as JSON.
package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	"github.com/spf13/afero"

	"lienhiep/internal/search/engine"
)

func main() {
	start := time.Now()
	stats, err := engine.Build(context.Background(), afero.NewBasePathFs(afero.NewOsFs(), os.Args[1]))
	if err != nil {
		panic(err)
	}
	seconds := time.Since(start).Seconds()
	peak := ""
	if status, err := os.ReadFile("/proc/self/status"); err == nil { // Linux only
		_, peak, _ = strings.Cut(string(status), "VmHWM:")
		peak, _, _ = strings.Cut(peak, "kB")
	}
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"stats": stats, "seconds": seconds, "peak": strings.TrimSpace(peak)}); err != nil {
		panic(err)
	}
}
