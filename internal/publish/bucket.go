package publish

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"

	"lienhiep/internal/host"
)

// bucket is a target in an object store that speaks the S3 protocol. Of the protocol
// it uses what such stores have had for many years, since most of them are not
// Amazon's: whole or in parts, a content is sent with its length, MD5 and SHA-256,
// never with the checksum in a trailer that newer clients add and Ceph, R2 and older
// servers refuse.
type bucket struct {
	client *minio.Core
	name   string
	prefix string // before every key
}

func (b *bucket) list(ctx context.Context, prefix string) (map[string]object, error) {
	all, withOwner := map[string]object{}, false
	options := minio.ListObjectsOptions{Prefix: b.prefix + prefix, Recursive: true, FetchOwner: &withOwner}
	for o := range b.client.ListObjectsIter(ctx, b.name, options) {
		if o.Err != nil {
			return nil, o.Err
		}
		key := strings.TrimPrefix(o.Key, b.prefix)
		if prefix != "" || !strings.HasPrefix(key, home) {
			all[key] = objectOf(o)
		}
	}
	return all, ctx.Err() // at which the library ends the list as if it were whole
}

func (b *bucket) stat(ctx context.Context, key string) (object, error) {
	o, err := b.client.StatObject(ctx, b.name, b.prefix+key, minio.StatObjectOptions{})
	if err != nil {
		return object{}, missing(err)
	}
	return objectOf(o), nil
}

func objectOf(o minio.ObjectInfo) object {
	sum, err := hex.DecodeString(o.ETag)
	if err != nil || len(sum) != md5.Size {
		sum = nil // sent in parts
	}
	return object{o.Size, o.LastModified, sum}
}

func (b *bucket) read(ctx context.Context, key string) ([]byte, error) {
	r, _, _, err := b.client.GetObject(ctx, b.name, b.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, missing(err)
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifest))
}

// partSize is the size of a part in multipart uploads. A variable for tests.
var partSize int64 = 8 << 20

func (b *bucket) put(ctx context.Context, key string, c content) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	if size, err := r.Seek(0, io.SeekEnd); err != nil || size != c.Size {
		return errors.Join(err, fmt.Errorf("%s: %w", c.Path, errAltered))
	}
	if c.Size > partSize {
		return b.putInParts(ctx, key, r, c.File)
	}
	return b.putWhole(ctx, key, io.NewSectionReader(r, 0, c.Size), c.File, headersOf(c.File))
}

// putWhole sends a content by one request. The store refuses what does not have the
// sums that the file had when it was checked.
func (b *bucket) putWhole(ctx context.Context, key string, r io.ReadSeeker, f File, o minio.PutObjectOptions) error {
	md, sha := md5.New(), sha256.New()
	_, err := io.Copy(io.MultiWriter(md, sha), r)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	if [sha256.Size]byte(sha.Sum(nil)) != f.Sum {
		return fmt.Errorf("%s: %w", f.Path, errAltered)
	}
	_, err = b.client.PutObject(ctx, b.name, b.prefix+key, r, f.Size, base64.StdEncoding.EncodeToString(md.Sum(nil)), hex.EncodeToString(f.Sum[:]), o)
	return err
}

// headersOf are what a file is stored, and later served, with.
func headersOf(f File) minio.PutObjectOptions {
	return minio.PutObjectOptions{
		ContentType:  host.ContentType(f.Path),
		CacheControl: host.CacheControl(f.Path),
		// Else the body of a request without TLS would be sent in signed chunks, and
		// the sum that we give not be used.
		DisableContentSha256: true,
	}
}

// putInParts sends a content by a request for each part, so that a line that fails
// costs one part. The file appears when all parts are there.
func (b *bucket) putInParts(ctx context.Context, key string, r io.ReaderAt, f File) (err error) {
	key = b.prefix + key
	upload, err := b.client.NewMultipartUpload(ctx, b.name, key, headersOf(f))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // parts that nothing refers to are kept, and cost
			err = errors.Join(err, b.client.AbortMultipartUpload(context.WithoutCancel(ctx), b.name, key, upload))
		}
	}()
	var parts []minio.CompletePart
	whole := sha256.New()
	for at := int64(0); at < f.Size; at += partSize {
		part := io.NewSectionReader(r, at, min(partSize, f.Size-at))
		number := len(parts) + 1
		md, sha := md5.New(), sha256.New()
		if _, err := io.Copy(io.MultiWriter(md, sha, whole), part); err != nil {
			return err
		}
		o := minio.PutObjectPartOptions{Md5Base64: base64.StdEncoding.EncodeToString(md.Sum(nil)), Sha256Hex: hex.EncodeToString(sha.Sum(nil)), DisableContentSha256: true}
		var sent minio.ObjectPart
		err := retry(ctx, part.Size(), func(ctx context.Context) (err error) {
			if _, err := part.Seek(0, io.SeekStart); err != nil {
				return err
			}
			sent, err = b.client.PutObjectPart(ctx, b.name, key, upload, number, part, part.Size(), o)
			return err
		})
		if err != nil {
			return err
		}
		parts = append(parts, minio.CompletePart{PartNumber: number, ETag: sent.ETag})
	}
	if [sha256.Size]byte(whole.Sum(nil)) != f.Sum {
		return fmt.Errorf("%s: %w", f.Path, errAltered)
	}
	_, err = b.client.CompleteMultipartUpload(ctx, b.name, key, upload, parts, minio.PutObjectOptions{})
	return err
}

// create has the store refuse what is there. One that does not know that condition,
// and would replace it, is asked first; whether two came at once, the lock sees.
func (b *bucket) create(ctx context.Context, key string, data []byte) error {
	if _, err := b.read(ctx, key); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fmt.Errorf("%s: %w", key, fs.ErrExist)
		}
		return err
	}
	f := inMemory(key, data).File
	o := headersOf(f)
	o.SetMatchETagExcept("*")
	err := b.putWhole(ctx, key, bytes.NewReader(data), f, o)
	if s := status(err); s == http.StatusConflict || s == http.StatusPreconditionFailed {
		return fmt.Errorf("%w: %w", fs.ErrExist, err)
	}
	return err
}

func (b *bucket) copy(ctx context.Context, to, from string, _ File) error {
	_, err := b.client.Client.CopyObject(ctx, minio.CopyDestOptions{Bucket: b.name, Object: b.prefix + to}, minio.CopySrcOptions{Bucket: b.name, Object: b.prefix + from})
	return err
}

func (b *bucket) remove(ctx context.Context, key string) error {
	return ignoreMissing(missing(b.client.RemoveObject(ctx, b.name, b.prefix+key, minio.RemoveObjectOptions{})))
}

// same compares what the store says of two objects. Of one without a sum (sent in
// parts, or encrypted by a key of the owner's) nothing is known.
func (b *bucket) same(_ context.Context, _ string, live, stored object, want File) (bool, error) {
	return live.size == want.Size && len(live.md5) > 0 && bytes.Equal(live.md5, stored.md5), nil
}

// hides is false: an object store serves every object.
func (b *bucket) hides(context.Context) (bool, error) { return false, nil }

// intact is true: the store verified the checksum when the object was written.
func (b *bucket) intact(context.Context, string, object) (bool, error) { return true, nil }

func (b *bucket) close() error { return nil }

// missing gives the store's word for a missing object the name that files have
// for it.
func missing(err error) error {
	if status(err) == http.StatusNotFound && code(err) != minio.NoSuchBucket {
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
