//go:build !unix

package growth

import "time"

var start = time.Now()

// processor is the time that has passed: this system does not tell the processor's.
func processor() time.Duration { return time.Since(start) }
