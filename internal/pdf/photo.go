package pdf

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"lienhiep/internal/photo"
)

// photoIn returns the JPEG file that a stream is, as a camera writes it, nil where it is
// none; and what packs such a file as the stream has it.
func photoIn(sd *types.StreamDict) (jpeg []byte, pack func([]byte) []byte) {
	filters := sd.FilterPipeline
	switch {
	case !sd.Image():
		return nil, asItIs
	case sd.HasSoleFilterNamed("DCTDecode"):
		jpeg, pack = sd.Raw, asItIs
	case len(filters) == 2 && filters[0].Name == "FlateDecode" && filters[0].DecodeParms == nil && filters[1].Name == "DCTDecode":
		jpeg, pack = inflate(sd.Raw), deflate
	}
	if photo.Sniff(jpeg) != photo.JPEG {
		return nil, asItIs
	}
	return jpeg, pack
}

func asItIs(data []byte) []byte { return data }
