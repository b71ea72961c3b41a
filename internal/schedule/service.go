package schedule

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Service is what a machine is to keep running.
type Service struct {
	Program, Dir, Target string // the first two with their whole paths
}

func (s Service) args() []string { return []string{"deploy", s.Target, "--watch", "--dir", s.Dir} }

// Services are the texts that systems take, by the system's name.
var Services = map[string]func(Service) string{"windows": Service.windows, "systemd": Service.systemd}

// windows is a task for the Task Scheduler: it runs while the user is logged on, starts
// again if it ends, and whatever the power supply. It says nothing of its encoding, which
// depends on how the text is saved.
func (s Service) windows() string {
	var args []string
	for _, a := range s.args() {
		args = append(args, quoteWindows(a))
	}
	return fmt.Sprintf(`<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>lienhiep deploy --watch</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger />
    <CalendarTrigger>
      <Repetition><Interval>PT15M</Interval></Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>%s</Command>
      <Arguments>%s</Arguments>
      <WorkingDirectory>%s</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`, escapeXML(s.Program), escapeXML(strings.Join(args, " ")), escapeXML(s.Dir))
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
