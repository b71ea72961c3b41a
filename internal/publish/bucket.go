package publish

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"

	gcs "cloud.google.com/go/storage"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"
	"gocloud.dev/gcp"

	"lienhiep/internal/diag"
	"lienhiep/internal/host"
)

// bucket is a target in an object store: S3 and what speaks its protocol, Google
// Cloud Storage, Azure Blob Storage. The address's options are those of
// gocloud.dev/blob.
type bucket struct{ b *blob.Bucket }

func openBucket(ctx context.Context, t Target, address *url.URL) (*bucket, error) {
	if address.Scheme == "gs" && os.Getenv("STORAGE_EMULATOR_HOST") == "" {
		// gcsblob would print its complaint and go on without a key.
		if _, err := gcp.DefaultCredentials(ctx); err != nil {
			return nil, noKey(err, googleKey)
		}
	}
	if address.Scheme == "s3" && !address.Query().Has("anonymous") {
		if err := haveAWSKey(ctx, address.Query().Get("profile")); err != nil {
			return nil, noKey(err, awsKey)
		}
	}
	b, err := blob.OpenBucket(ctx, address.String())
	if err != nil {
		if key := lackingKey(err); key != "" {
			return nil, noKey(err, key)
		}
		return nil, &Fault{[]diag.Finding{ruleTargetURL.At(diag.Pos{}, t.Name, detail(err))}, err}
	}
	return &bucket{b}, nil
}

// haveAWSKey looks for a key first, where the library would try the network again
// and again, and print.
func haveAWSKey(ctx context.Context, profile string) error {
	c, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile), config.WithLogger(logging.Nop{}))
	if err == nil {
		_, err = c.Credentials.Retrieve(ctx)
	}
	return err
}

func (b *bucket) list(ctx context.Context, prefix string) (map[string]object, error) {
	all := map[string]object{}
	for it := b.b.List(&blob.ListOptions{Prefix: prefix}); ; {
		o, err := it.Next(ctx)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if prefix != "" || !strings.HasPrefix(o.Key, home) {
			all[o.Key] = object{o.Size, o.ModTime, o.MD5}
		}
	}
}

func (b *bucket) stat(ctx context.Context, key string) (object, error) {
	a, err := b.b.Attributes(ctx, key)
	if err != nil {
		return object{}, missing(err)
	}
	return object{a.Size, a.ModTime, a.MD5}, nil
}

func (b *bucket) read(ctx context.Context, key string) ([]byte, error) {
	r, err := b.b.NewReader(ctx, key, nil)
	if err != nil {
		return nil, missing(err)
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifest))
}

func (b *bucket) put(ctx context.Context, key string, c content) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	// The store refuses what does not have the sum that the file had when it was
	// checked.
	return b.b.Upload(ctx, key, r, options(c.File))
}

// largestPart is what an object store takes in one piece without asking.
const largestPart = 5 << 20

// options are what a file is stored with.
func options(f File) *blob.WriterOptions {
	return &blob.WriterOptions{
		ContentType:  host.ContentType(f.Path),
		CacheControl: host.CacheControl(f.Path),
		BeforeWrite: func(as func(any) bool) error {
			var aws *s3.PutObjectInput
			var google *gcs.Writer
			var azure *azblob.UploadStreamOptions
			switch {
			case as(&aws):
				if f.Size < largestPart { // else it goes in parts, and has no sum as a whole
					sum := base64.StdEncoding.EncodeToString(f.md5)
					aws.ContentMD5 = &sum
				}
			case as(&google):
				google.MD5 = f.md5
				google.ChunkSize = 0 // no buffer of 16 MiB for a small page
			case as(&azure):
				azure.HTTPHeaders.BlobContentMD5 = f.md5
				azure.BlockSize = min(max(f.Size+1, 1<<16), largestPart)
			}
			return nil
		},
	}
}

func (b *bucket) create(ctx context.Context, key string, data []byte) error {
	o := options(inMemory(key, data).File)
	o.IfNotExist = true
	err := b.b.Upload(ctx, key, bytes.NewReader(data), o)
	if gcerrors.Code(err) == gcerrors.FailedPrecondition || status(err) == 409 || status(err) == 412 {
		return fmt.Errorf("%w: %w", fs.ErrExist, err)
	}
	return err
}

func (b *bucket) copy(ctx context.Context, to, from string, _ File) error {
	return b.b.Copy(ctx, to, from, nil)
}

func (b *bucket) remove(ctx context.Context, key string) error {
	return ignoreMissing(missing(b.b.Delete(ctx, key)))
}

// same compares what the store says of two objects. Of one without a sum (sent in
// parts, or encrypted by a key of the owner's) nothing is known.
func (b *bucket) same(_ context.Context, _ string, live, stored object, want File) (bool, error) {
	return live.size == want.Size && len(live.md5) > 0 && bytes.Equal(live.md5, stored.md5), nil
}

// hides: an object store gives out whatever it has.
func (b *bucket) hides(context.Context) (bool, error) { return false, nil }

// intact: the store refused what did not have its sum.
func (b *bucket) intact(context.Context, string) (bool, error) { return true, nil }

func (b *bucket) close() error { return b.b.Close() }

// missing gives the store's word for a missing object the name that files have
// for it.
func missing(err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound && !strings.Contains(err.Error(), "NoSuchBucket") && !strings.Contains(err.Error(), "ContainerNotFound") {
		return fmt.Errorf("%w: %w", fs.ErrNotExist, err)
	}
	return err
}

// storeKey is where a file's content is kept. What a store serves with it goes
// along when it is copied, so the key tells that apart too.
func storeKey(f File) string {
	kept := ""
	if host.Fingerprinted(f.Path) {
		kept = "-immutable"
	}
	return fmt.Sprintf("%s%x%s%s", keyStore, f.Sum, kept, strings.ToLower(path.Ext(f.Path)))
}
