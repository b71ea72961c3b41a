package pdf

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"lienhiep/internal/photo"
)

// isPhoto reports whether a stream is a JPEG file as a camera writes it.
func isPhoto(sd *types.StreamDict) bool {
	return sd.Image() && sd.HasSoleFilterNamed("DCTDecode") && photo.Sniff(sd.Raw) == photo.JPEG
}
