package schedule

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
)

// Service is what a machine is to keep running.
type Service struct {
	Program, Dir, Target string // the first two with their whole paths
	User                 string // whose session it runs in, by the system's ID, where that is told by one (Windows); or ""
}

// ServiceFor is what keeps the schedule of a site's folder at a target: this program, for
// this user.
func ServiceFor(dir, target string) (s Service, err error) {
	s.Target = target
	if s.Program, err = os.Executable(); err != nil {
		return s, err
	}
	if s.Dir, err = filepath.Abs(dir); err != nil {
		return s, err
	}
	if runtime.GOOS == "windows" {
		u, err := user.Current()
		if err != nil {
			return s, err
		}
		s.User = u.Uid
	}
	return s, nil
}

func (s Service) args() []string { return []string{"deploy", s.Target, "--watch", "--dir", s.Dir} }

// Services are the texts that systems take, by the system's name.
var Services = map[string]func(Service) string{"windows": Service.windows, "systemd": Service.systemd}

// windows is a task for the Task Scheduler: it runs while the user is logged on, starts
// again if it ends, and whatever the power supply. It says nothing of its encoding, which
// depends on how the text is saved. The order of elements is that of the Task Scheduler
// schema. Without a user the task would start whoever logs on, which only administrators
// may set up.
func (s Service) windows() string {
	userID := ""
	if s.User != "" {
		userID = "<UserId>" + escapeXML(s.User) + "</UserId>"
	}
	var args []string
	for _, a := range s.args() {
		args = append(args, quoteWindows(a))
	}
	return fmt.Sprintf(`<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>lienhiep deploy --watch</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>%[1]s</LogonTrigger>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Repetition><Interval>PT15M</Interval></Repetition>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">%[1]s<LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>%[2]s</Command>
      <Arguments>%[3]s</Arguments>
      <WorkingDirectory>%[4]s</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`, userID, escapeXML(s.Program), escapeXML(strings.Join(args, " ")), escapeXML(s.Dir))
}

// systemd is a unit of the user's.
func (s Service) systemd() string {
	words := []string{quoteSystemd(s.Program)}
	for _, a := range s.args() {
		words = append(words, quoteSystemd(a))
	}
	return fmt.Sprintf(`[Unit]
Description=lienhiep deploy --watch
After=network-online.target

[Service]
ExecStart=%s
Restart=always
RestartSec=60

[Install]
WantedBy=default.target
`, strings.Join(words, " "))
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// quoteWindows quotes an argument as programs of Windows take command lines apart.
func quoteWindows(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\"") {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for _, c := range s {
		switch c {
		case '\\':
			slashes++
			b.WriteByte('\\')
			continue
		case '"': // those before it are doubled, and it has one of its own
			b.WriteString(strings.Repeat(`\`, slashes+1))
		}
		slashes = 0
		b.WriteRune(c)
	}
	b.WriteString(strings.Repeat(`\`, slashes) + `"`)
	return b.String()
}

// quoteSystemd quotes a word of ExecStart.
func quoteSystemd(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`, "\n", `\n`).Replace(s) + `"`
}
