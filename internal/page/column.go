package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/viet"
)

// frameWords are what stands in one of the two columns of a document's head or
// signature, folded.
var frameWords = []string{"cong hoa xa hoi chu nghia", "dang cong san viet nam", "doc lap - tu do", "noi nhan"}

// signs knows on whose behalf is signed.
var signs = regexp.MustCompile(`^(?:t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq\.|t/uq|q\.) ?\p{L}`)

func isFrame(folded string) bool {
	return slices.ContainsFunc(frameWords, func(w string) bool { return strings.Contains(folded, w) }) || signs.MatchString(folded)
}

const (
	maxFrame    = 120 // lines of a head or a signature
	maxFrames   = 20  // of a page
	leastGutter = 4.0 // points between two columns
)

// frame is the lines of a head or a signature, which stand in two columns.
type frame struct {
	start, end int     // of its lines
	gutter     float64 // between the columns
}

// frames returns the heads and signatures of a page, from above. middle is that of its text.
func frames(lines []line, middle float64) []frame {
	var all []frame
	for i, tried := 0, 0; i < len(lines) && tried < maxFrames; i++ {
		if !lines[i].inFrame() {
			continue
		}
		tried++
		f := frame{start: above(lines, i, middle)}
		for k := i + 1; k <= len(lines) && k-f.start <= maxFrame; k++ {
			if l := &lines[k-1]; f.end > 0 && (l.isCentred(middle) && !l.inFrame() || strings.HasPrefix(viet.Fold(l.text()), "kinh gui")) {
				break
			}
			if x, ok := gutter(lines[f.start:k]); ok {
				f.end, f.gutter = k, x
			} else if k > i+1 && !fits(lines[f.start:k]) {
				break
			}
		}
		if f.end > 0 {
			all = append(all, f)
			i = f.end - 1
		}
	}
	return all
}

// above is where a head or a signature begins of which line i has the words: lines stand
// above that have two columns too, or stand right of it; or the page begins with them. A
// title in the middle of the page is none of them.
func above(lines []line, i int, middle float64) int {
	start := i
	for start > 0 && i-start < maxFrame {
		l := &lines[start-1]
		if len(l.segments) != 2 && (l.isCentred(middle) || l.left() < lines[i].right()+leastGutter) {
			break
		}
		start--
	}
	if start <= 3 && !slices.ContainsFunc(lines[:start], func(l line) bool { return l.isCentred(middle) }) {
		if _, ok := gutter(lines[:i+1]); ok {
			return 0
		}
	}
	return start
}

// isCentred reports whether a line stands in the middle of the page, as a title does.
func (l *line) isCentred(middle float64) bool {
	return len(l.segments) == 1 && near((l.left()+l.right())/2, middle, 3*same)
}

func (l *line) inFrame() bool {
	return slices.ContainsFunc(l.segments, func(s segment) bool { return isFrame(viet.Fold(s.text)) })
}

// gutter returns where the columns of lines part: in the widest gap that no line crosses,
// with words on both sides.
func gutter(lines []line) (at float64, ok bool) {
	covered := cover(lines)
	widest := leastGutter
	for i := 1; i < len(covered); i++ {
		if gap := covered[i][0] - covered[i-1][1]; gap > widest {
			widest, at, ok = gap, (covered[i][0]+covered[i-1][1])/2, true
		}
	}
	return at, ok
}

// fits reports whether lines could still be columns, once one in the other column comes.
func fits(lines []line) bool {
	covered := cover(lines)
	return len(covered) > 1 || covered[0][1]-covered[0][0] < mostColumn
}

// mostColumn is wider than a column of a head on a sheet of A4.
const mostColumn = 330.0

// cover is the stretches across the page in which words stand.
func cover(lines []line) [][2]float64 {
	var all [][2]float64
	for _, l := range lines {
		for _, s := range l.segments {
			all = append(all, [2]float64{s.left, s.right})
		}
	}
	slices.SortFunc(all, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	var covered [][2]float64
	for _, c := range all {
		if n := len(covered); n > 0 && c[0] <= covered[n-1][1] {
			covered[n-1][1] = max(covered[n-1][1], c[1])
		} else {
			covered = append(covered, c)
		}
	}
	return covered
}

// columns are the lines left of the gutter, then those on its right.
func columns(lines []line, gutter float64) []string {
	var all []string
	for _, right := range []bool{false, true} {
		for _, l := range lines {
			var words []string
			for _, s := range l.segments {
				if (s.left > gutter) == right {
					words = append(words, s.text)
				}
			}
			if len(words) > 0 {
				all = append(all, strings.Join(words, " "))
			}
		}
	}
	return all
}
