// Package emblem holds the line drawing that stands for a field of knowledge: the
// picture of a person of whom no portrait may be shown, on pages and on cards.
//
// In: the name of a field, as editors write it. Out: the name of a motif, its path as
// SVG has it, and the same path as lines of points for whoever draws pixels.
package emblem

import (
	"strings"

	"lienhiep/internal/viet"
)

// Size is the side of the square that motifs are drawn in, and Stroke the width of their
// lines, in the same units. Lines have round ends and corners, and enclose no ground.
const Size, Stroke = 64, 2.6

// General is the motif of a field that no other stands for.
const General = "general"

// Paths are the motifs by their names: M, L, H, V, C, Q, A and Z of SVG, absolute or
// relative, within a square of [Size].
var Paths = map[string]string{
	// A lamp.
	General: "M25 46v-6c-9-6-10-20-1-26 8-6 19-4 22 5 3 8-1 16-7 21v6ZM26 52h12M29 57h6M32 46V32M27 28l5 5 5-5",
	// The staff of Asclepius.
	"medicine": "M32 8v48M45 19c0-9-27-8-27 2 0 11 27 6 27 16 0 9-23 7-23 15 0 4 5 5 9 5M45 19q5 1 6-4",
	// A flask.
	"chemistry": "M25 9h14M27 9v15L14 49q-3 6 4 6h28q7 0 4-6L37 24V9M20 39h24M27 47a2 2 0 1 0 4 0a2 2 0 1 0-4 0M35 32a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0",
	// An ear of rice.
	"agriculture": "M32 57V21M32 7q-7 7 0 14 7-7 0-14ZM32 33q-12 0-13-12 12 0 13 12ZM32 33q12 0 13-12-12 0-13 12ZM32 46q-12 0-13-12 12 0 13 12ZM32 46q12 0 13-12-12 0-13 12Z",
	// A double helix.
	"biology": "M21 8c0 14 22 16 22 24C43 40 21 42 21 56M43 8c0 14-22 16-22 24c0 8 22 10 22 24M23 14h18M29 21h6M29 43h6M23 50h18",
	// A triangle in its circle, and the line that cuts it.
	"mathematics": "M10 32a22 22 0 1 0 44 0a22 22 0 1 0-44 0M32 10L51 43H13ZM8 20L56 40",
	// Three paths about a nucleus.
	"physics": "M9 32a23 9 0 1 0 46 0a23 9 0 1 0-46 0M20.5 12.1a23 9 60 1 0 23 39.8a23 9 60 1 0-23-39.8M43.5 12.1a23 9 120 1 0-23 39.8a23 9 120 1 0 23-39.8M30 32a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
	// A toothed wheel.
	"engineering": "M47.4 27.6L53.6 28.1V35.9L47.4 36.4L46 39.7L50.1 44.5L44.5 50.1L39.7 46L36.4 47.4L35.9 53.6H28.1L27.6 47.4L24.3 46L19.5 50.1L13.9 44.5L18 39.7L16.6 36.4L10.4 35.9V28.1L16.6 27.6L18 24.3L13.9 19.5L19.5 13.9L24.3 18L27.6 16.6L28.1 10.4H35.9L36.4 16.6L39.7 18L44.5 13.9L50.1 19.5L46 24.3ZM24 32a8 8 0 1 0 16 0a8 8 0 1 0-16 0",
	// A processor.
	"computing": "M18 18h28v28h-28ZM27 27h10v10h-10ZM24 18v-8M32 18v-8M40 18v-8M24 46v8M32 46v8M40 46v8M18 24h-8M18 32h-8M18 40h-8M46 24h8M46 32h8M46 40h8",
	// The face of a bronze drum.
	"history": "M9 32a23 23 0 1 0 46 0a23 23 0 1 0-46 0M15 32a17 17 0 1 0 34 0a17 17 0 1 0-34 0M32 19L33.5 27.2L39.6 21.5L36 29.1L44.4 28L37 32L44.4 36L36 34.9L39.6 42.5L33.5 36.8L32 45L30.5 36.8L24.4 42.5L28 34.9L19.6 36L27 32L19.6 28L28 29.1L24.4 21.5L30.5 27.2Z",
	// A house of columns.
	"architecture": "M9 24L32 10L55 24ZM15 30v16M26 30v16M38 30v16M49 30v16M12 30h40M11 48h42M8 54h48",
	// An open book.
	"education": "M32 19c-6-6-14-7-23-6v34c9-1 17 0 23 6 6-6 14-7 23-6V13c-9-1-17 0-23 6ZM32 19v34M15 22c4 0 8 0 11 2M15 30c4 0 8 0 11 2M49 22c-4 0-8 0-11 2M49 30c-4 0-8 0-11 2",
	// Three people.
	"society": "M26 20a6 6 0 1 0 12 0a6 6 0 1 0-12 0M20 54V42q0-10 12-10 12 0 12 10v12M10 27a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M8 50V43q0-6 7-6M45 27a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M56 50V43q0-6-7-6",
	// A fish above the waves.
	"sea": "M8 27c10-13 26-13 37 0-11 13-27 13-37 0ZM45 27l11-9v18ZM18 25a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M28 20q4 7 0 14M8 50q6-6 12 0 6 6 12 0 6-6 12 0 6 6 12 0",
	// A leaf.
	"environment": "M13 56C18 40 28 28 42 22M17 45C10 22 30 10 54 10 54 36 40 54 17 45ZM24 37l-1-13M32 29v-12M26 36l14 2M34 28l13 1",
	// A sun behind a cloud, and rain.
	"weather": "M19 45a9 9 0 0 1-1-18 12.5 12.5 0 0 1 24-4 11 11 0 0 1 4 22ZM22 51l-3 7M33 51l-3 7M44 51l-3 7M38 17a8 8 0 1 1 15 5M46 5V3M56 9l2-2M58 18h3",
	// A compass.
	"tourism": "M10 32a22 22 0 1 0 44 0a22 22 0 1 0-44 0M42 22L36 36L22 42L28 28ZM32 10v5M32 49v5M10 32h5M49 32h5",
	// A folded sheet with its ways.
	"planning": "M8 17L24 11L40 17L56 11V47L40 53L24 47L8 53ZM24 11v36M40 17v36M8 38L24 27L40 40L56 25",
	// A crane and its load.
	"construction": "M21 57V9L9 21M21 9L55 21M9 21H56M13 57h16M47 21v11M40 32h14v10H40ZM36 57v-7h20v7Z",
	// A windmill for power.
	"energy": "M32 21Q27 15 32 7Q36 15 32 21ZM35.5 27Q43.2 25.7 47.6 34Q38.7 33.5 35.5 27ZM28.5 27Q25.8 34.3 16.4 34Q21.3 26.5 28.5 27ZM30 25a2 2 0 1 0 4 0a2 2 0 1 0-4 0M31 31L29 56M33 31L35 56M22 56h20",
	// Scales of rising height.
	"economy": "M9 55h46M14 55V41h8v14M28 55V31h8v24M42 55V21h8v34M12 30L27 18 34 23 50 9M42 9h8v8",
}

// words name the fields of each motif, in lower-case syllables without marks; the first
// that is found decides, so that the narrower stand before the wider.
var words = []struct{ motif, syllables string }{
	{"computing", "cong nghe thong tin|tin hoc|may tinh|phan mem|dien tu|vien thong|tri tue nhan tao|chuyen doi so|computing|computer|informatics|information technology"},
	{"chemistry", "hoa hoc|hoa duoc|hoa chat|hoa dau|cong nghe hoa|duoc|duoc hoc|duoc lieu|chemistry|pharmacy"},
	{"biology", "sinh hoc|di truyen|vi sinh|sinh vat|biology|genetics"},
	{"medicine", "y hoc|y te|y khoa|y duoc|suc khoe|benh|phau thuat|nganh y|medicine|health|surgery"},
	{"environment", "khi hau|climate"}, // "biến đổi" is no sea
	{"sea", "thuy san|hai san|bien|hai duong|ngu nghiep|hang hai|fisheries|sea|ocean"},
	{"agriculture", "nong nghiep|nong hoc|nong|trong trot|chon giong|chan nuoi|thu y|lua|agriculture|agronomy"},
	{"weather", "khi tuong|thoi tiet|thuy van|meteorology|weather|hydrology"},
	{"environment", "moi truong|lam nghiep|dia chat|tai nguyen|thuy loi|lam sinh|environment|forestry"},
	{"mathematics", "toan|toan hoc|thong ke|mathematics"},
	{"physics", "vat ly|vat li|hat nhan|thien van|quang hoc|vu tru|physics|astronomy"},
	{"planning", "quy hoach|planning"},
	{"architecture", "kien truc|architecture"},
	{"construction", "xay dung|cau duong|construction"},
	{"tourism", "du lich|lu hanh|tourism"},
	{"history", "lich su|su hoc|khao co|di san|bao tang|history|archaeology|heritage"},
	{"education", "giao duc|su pham|dao tao|day hoc|education"},
	{"economy", "kinh te|tai chinh|quan tri|thuong mai|economics|finance"},
	{"society", "xa hoi|nhan van|van hoa|van hoc|ngon ngu|triet hoc|luat|chinh tri|nghe thuat|bao chi|dan toc hoc|tam ly|society|social sciences|culture|law|literature"},
	{"energy", "nang luong|dien luc|dien gio|dien|dau khi|energy"},
	{"engineering", "ky thuat|ki thuat|co khi|che tao|giao thong|luyen kim|cong nghiep|tieu thu cong nghiep|vat lieu|quan su|cong nghe|engineering|technology|industry"},
}

// Of returns the motif of a field: "medicine" for "Y học".
func Of(field string) string {
	name := " " + strings.Join(strings.FieldsFunc(viet.Fold(field), notWord), " ") + " "
	for _, w := range words {
		for part := range strings.SplitSeq(w.syllables, "|") {
			if strings.Contains(name, " "+part+" ") {
				return w.motif
			}
		}
	}
	return General
}

func notWord(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
