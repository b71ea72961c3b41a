package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"
	"gopkg.in/ini.v1"

	"lienhiep/internal/diag"
)

// bucketOptions are what the address of a bucket may say after the question mark.
var bucketOptions = []string{"region", "endpoint", "use_path_style", "profile", "prefix"}

// openBucket opens the bucket of an address, s3://name?options. What the address
// leaves open is taken from where Amazon's own programs look: the environment, and
// the profile in ~/.aws.
func openBucket(ctx context.Context, t Target, address *url.URL) (*bucket, error) {
	wrong := func(what string) error { return faultOf(ruleTargetURL.At(diag.Pos{}, t.Name, what)) }
	if address.User != nil || address.Host == "" || strings.Trim(address.Path, "/") != "" {
		return nil, wrong("s3://…?prefix=…")
	}
	if err := s3utils.CheckValidBucketName(address.Host); err != nil {
		return nil, wrong(err.Error())
	}
	options := address.Query()
	for name := range options {
		if !slices.Contains(bucketOptions, name) {
			return nil, wrong(fmt.Sprintf("%s= (%s)", name, strings.Join(bucketOptions, ", ")))
		}
	}
	profile := options.Get("profile")
	endpoint, err := url.Parse(cmp.Or(options.Get("endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"),
		fromProfile(profile, "endpoint_url"), "https://s3.amazonaws.com"))
	switch {
	case err != nil || endpoint.Host == "" || endpoint.Scheme != "https" && endpoint.Scheme != "http" || strings.Trim(endpoint.Path, "/") != "":
		return nil, wrong("endpoint=https://…")
	case endpoint.User != nil:
		return nil, faultOf(ruleTargetSecret.At(diag.Pos{}, t.Name))
	}
	region := cmp.Or(options.Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), fromProfile(profile, "region"))
	if region == "" {
		if isAmazon(endpoint) {
			return nil, wrong("region=…")
		}
		region = "us-east-1" // what stores that have no regions go by
	}
	pathStyle := false
	if text := options.Get("use_path_style"); text != "" {
		if pathStyle, err = strconv.ParseBool(text); err != nil {
			return nil, wrong("use_path_style=true")
		}
	}
	key, err := awsCredentials(ctx, profile)
	if err != nil {
		return nil, noKey(err)
	}
	client, err := minio.NewCore(endpoint.Host, &minio.Options{
		Creds:  key,
		Secure: endpoint.Scheme == "https",
		Region: region,
		BucketLookupViaURL: func(u url.URL, name string) minio.BucketLookupType {
			return lookup(u, name, pathStyle)
		},
		MaxRetries: 1, // we do that ourselves
	})
	if err != nil {
		return nil, &Fault{[]diag.Finding{ruleTargetURL.At(diag.Pos{}, t.Name, detail(err))}, err}
	}
	client.SetS3EnableDualstack(false)
	return &bucket{client, address.Host, options.Get("prefix")}, nil
}

// lookup says where the bucket's name goes: before the host, as is usual, or into the
// path, where it is asked for or nothing can stand before the host.
func lookup(endpoint url.URL, name string, pathStyle bool) minio.BucketLookupType {
	if pathStyle || net.ParseIP(endpoint.Hostname()) != nil || endpoint.Scheme == "https" && strings.Contains(name, ".") {
		return minio.BucketLookupPath
	}
	return minio.BucketLookupDNS
}

func isAmazon(endpoint *url.URL) bool {
	return strings.HasSuffix(endpoint.Hostname(), ".amazonaws.com") || strings.HasSuffix(endpoint.Hostname(), ".amazonaws.com.cn")
}

// fromProfile looks a setting up in the configuration file of Amazon's programs.
func fromProfile(profile, key string) string {
	name := os.Getenv("AWS_CONFIG_FILE")
	if name == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		name = filepath.Join(home, ".aws", "config")
	}
	file, err := ini.LooseLoad(name)
	if err != nil {
		return "" // the search for a key tells
	}
	section := "default"
	if p := cmp.Or(profile, os.Getenv("AWS_PROFILE"), section); p != section {
		section = "profile " + p
	}
	return file.Section(section).Key(key).String()
}

// awsCredentials finds a key: the named profile's alone, or the first of those in the
// environment, of the identity that a build service was given, in ~/.aws, and of the
// machine in Amazon's cloud.
func awsCredentials(ctx context.Context, profile string) (*credentials.Credentials, error) {
	ask := &credentials.CredContext{Client: &http.Client{Timeout: time.Minute}, Context: ctx}
	inFile := &credentials.FileAWSCredentials{Profile: profile}
	all := []credentials.Provider{inFile}
	if profile == "" {
		all = []credentials.Provider{&credentials.EnvAWS{}, inFile}
		if os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != "" {
			all = slices.Insert(all, 1, credentials.Provider(&credentials.IAM{}))
		} else if disabled, _ := strconv.ParseBool(os.Getenv("AWS_EC2_METADATA_DISABLED")); !disabled {
			// A machine elsewhere waits for nobody to answer.
			all = append(all, &credentials.IAM{Client: &http.Client{Timeout: time.Second}})
		}
	}
	var complaints []error
	for _, p := range all {
		key := credentials.New(p)
		v, err := key.GetWithContext(ask)
		if err == nil && v.AccessKeyID != "" && v.SecretAccessKey != "" {
			return key, nil
		}
		complaints = append(complaints, err)
	}
	return nil, cmp.Or(errors.Join(complaints...), errNoKey)
}

var errNoKey = errors.New("no access key")
