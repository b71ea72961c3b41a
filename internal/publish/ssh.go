package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"lienhiep/internal/diag"
)

// account is who to log in as, where, and with what.
type account struct {
	user, host, port string
	identity         string // a key file; "" means ssh's usual ones
	knownHosts       string
}

// sshHome is the folder that ssh keeps its keys in.
func sshHome() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, ".ssh")
}

// readAccount reads an address like sftp://user@host:port/path?identity=FILE&known_hosts=FILE.
func readAccount(address *url.URL) (account, error) {
	a := account{user: address.User.Username(), host: address.Hostname(), port: address.Port(), knownHosts: filepath.Join(sshHome(), "known_hosts")}
	if a.host == "" {
		return a, errors.New("sftp://user@host/path: no host")
	}
	if a.port == "" {
		a.port = "22"
	}
	if a.user == "" {
		u, err := user.Current()
		if err != nil {
			return a, err
		}
		a.user = u.Username
	}
	for option, values := range address.Query() {
		switch value := fromHome(values[0]); option {
		case "identity":
			a.identity = value
		case "known_hosts":
			a.knownHosts = value
		default:
			return a, fmt.Errorf("unknown option %q", option)
		}
	}
	return a, nil
}

// fromHome reads "~/x" as a file below the home folder.
func fromHome(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		return filepath.Join(filepath.Dir(sshHome()), rest)
	}
	return name
}

// login is how a person would write the account for ssh.
func (a account) login() string {
	if a.port == "22" {
		return a.user + "@" + a.host
	}
	return fmt.Sprintf("-p %s %s@%s", a.port, a.user, a.host)
}

// patience bounds how long a server may say nothing.
const patience = 20 * time.Second

// dial opens a connection; the server must prove to be the one in known_hosts.
func (a account) dial(ctx context.Context) (*sftp.Client, error) {
	address := net.JoinHostPort(a.host, a.port)
	dialer := net.Dialer{Timeout: patience}
	raw, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	config, err := a.config()
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	if err := raw.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	conn, channels, requests, err := ssh.NewClientConn(raw, address, config)
	if err != nil {
		return nil, errors.Join(a.explain(err), raw.Close())
	}
	if err := raw.SetDeadline(time.Time{}); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	client := ssh.NewClient(conn, channels, requests)
	files, err := sftp.NewClient(client, sftp.UseConcurrentWrites(true))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting SFTP: %w", err), client.Close())
	}
	go keepAlive(client)
	go func() {
		// The connection ends with the session; there is nobody left to tell.
		_ = files.Wait()
		_ = client.Close()
	}()
	return files, nil
}

// keepAlive ends a connection whose server has fallen silent.
func keepAlive(client *ssh.Client) {
	for {
		answered := make(chan error, 1)
		go func() {
			_, _, err := client.SendRequest("keepalive@openssh.com", true, nil)
			answered <- err
		}()
		select {
		case err := <-answered:
			if err != nil {
				return
			}
		case <-time.After(patience):
			_ = client.Close() // all that waits on it fails now
			return
		}
		ended := make(chan error, 1)
		go func() { ended <- client.Wait() }()
		select {
		case <-ended:
			return
		case <-time.After(patience):
		}
	}
}

func (a account) config() (*ssh.ClientConfig, error) {
	known, err := knownhosts.NewDB(a.knownHosts)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, faultOf(ruleHostKeyUnknown.At(diag.Pos{}, a.host, a.login()))
	}
	if err != nil {
		return nil, &Fault{[]diag.Finding{ruleKnownHosts.At(diag.Pos{}, detail(err))}, err}
	}
	signers, err := a.signers()
	if err != nil {
		return nil, err
	}
	if len(signers) == 0 {
		return nil, faultOf(ruleSSHDenied.At(diag.Pos{}, a.host, a.login()))
	}
	return &ssh.ClientConfig{
		User:              a.user,
		Auth:              []ssh.AuthMethod{ssh.PublicKeys(signers...)},
		HostKeyCallback:   known.HostKeyCallback(),
		HostKeyAlgorithms: known.HostKeyAlgorithms(net.JoinHostPort(a.host, a.port)),
		Timeout:           patience,
	}, nil
}

// signers are the keys to log in with: the one that the address names, or else
// those of the agent and ssh's usual files.
func (a account) signers() ([]ssh.Signer, error) {
	if a.identity != "" {
		s, err := readKey(a.identity)
		if err != nil {
			return nil, err
		}
		return []ssh.Signer{s}, nil
	}
	var all []ssh.Signer
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" {
		if conn, err := net.Dial("unix", socket); err == nil {
			// An agent that does not answer has no keys for us.
			all, _ = agent.NewClient(conn).Signers()
		}
	}
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		s, err := readKey(filepath.Join(sshHome(), name))
		var locked *ssh.PassphraseMissingError
		if errors.Is(err, fs.ErrNotExist) || errors.As(err, &locked) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func readKey(name string) (ssh.Signer, error) {
	pem, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	s, err := ssh.ParsePrivateKey(pem)
	var locked *ssh.PassphraseMissingError
	if passphrase := os.Getenv(PassphraseVariable); errors.As(err, &locked) && passphrase != "" {
		s, err = ssh.ParsePrivateKeyWithPassphrase(pem, []byte(passphrase))
	}
	if err != nil {
		return nil, &Fault{[]diag.Finding{ruleSSHKey.At(diag.Pos{}, name, detail(err))}, err}
	}
	return s, nil
}

// explain tells the faults of a login.
func (a account) explain(err error) error {
	rule := (*diag.Rule)(nil)
	switch {
	case knownhosts.IsHostKeyChanged(err):
		rule = ruleHostKeyChanged
	case knownhosts.IsHostUnknown(err):
		rule = ruleHostKeyUnknown
	case strings.Contains(err.Error(), "unable to authenticate"):
		rule = ruleSSHDenied
	default:
		return err
	}
	return &Fault{[]diag.Finding{rule.At(diag.Pos{}, a.host, a.login())}, err}
}
