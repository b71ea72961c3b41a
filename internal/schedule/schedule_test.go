package schedule

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// day plays a keeper through time.
type day struct {
	now     time.Time
	moments []time.Time
	sleeps  map[time.Time]time.Duration // at, for how long beyond what was waited
	changes map[time.Time]func()        // at the first wait after
	quiet   bool                        // nobody tells of them
	fails   int                         // so many publishings fail
	end     time.Time
	said    []string
	state   State
}

func at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func (d *day) say(format string, args ...any) {
	d.said = append(d.said, d.now.Format("15:04 ")+fmt.Sprintf(format, args...))
}

func (d *day) run(t *testing.T, s State) string {
	t.Helper()
	k := &Keeper{
		Now: func() time.Time { return d.now },
		Next: func(after time.Time) (time.Time, error) {
			for _, m := range d.moments {
				if m.After(after) {
					return m, nil
				}
			}
			return time.Time{}, nil
		},
		Publish: func(context.Context) error {
			if d.fails > 0 {
				d.fails--
				return errors.New("no network")
			}
			return nil
		},
		Wait: func(_ context.Context, w time.Duration) (bool, error) {
			if w <= 0 || w > pause {
				t.Fatalf("a wait of %v", w)
			}
			d.now = d.now.Add(w)
			for when, more := range d.sleeps {
				if !d.now.Before(when) {
					d.now = d.now.Add(more)
					delete(d.sleeps, when)
				}
			}
			changed := false
			for when, do := range d.changes {
				if !d.now.Before(when) {
					do()
					changed = !d.quiet
					delete(d.changes, when)
				}
			}
			if d.now.After(d.end) {
				return false, context.Canceled
			}
			return changed, nil
		},
		Tell: func(e Event) {
			switch e := e.(type) {
			case Waits:
				d.say("waits %s", e.Until.Format("15:04"))
			case Begins:
				d.say("begins %s %v", e.Due.Format("15:04"), e.Late)
			case Done:
				d.say("done")
			case Failed:
				d.say("failed, again %s", e.Again.Format("15:04"))
			}
		},
		Save: func(s State) error { d.state = s; return nil },
	}
	if err := k.Run(context.Background(), s); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return strings.Join(d.said, "\n")
}

func same(t *testing.T, got string, want ...string) {
	t.Helper()
	if got != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func TestEachMomentIsKeptOnce(t *testing.T) {
	d := &day{now: noon, moments: []time.Time{at(-600), at(30), at(30), at(90)}, end: at(300)}
	same(t, d.run(t, State{}), "12:00 begins 00:00 false", "12:00 done", "12:00 waits 12:30", "12:30 begins 12:30 false", "12:30 done", "12:30 waits 13:30", "13:30 begins 13:30 false", "13:30 done", "13:30 waits 00:00")
	if !d.state.Until.Equal(at(90)) || !d.state.Kept(d.now) || d.state.Kept(d.now.Add(time.Hour)) {
		t.Errorf("state: %+v", d.state)
	}
}

func TestAMachineThatWasOffMakesUpForIt(t *testing.T) {
	d := &day{now: noon, moments: []time.Time{at(-120), at(-60), at(30)}, end: at(200)}
	same(t, d.run(t, State{Until: at(-180)}), "12:00 begins 10:00 true", "12:00 done", "12:00 waits 12:30", "12:30 begins 12:30 false", "12:30 done", "12:30 waits 00:00")
	d = &day{now: noon, moments: []time.Time{at(30)}, sleeps: map[time.Time]time.Duration{at(10): 2 * time.Hour}, end: at(200)}
	same(t, d.run(t, State{Until: at(-1)}), "12:00 waits 12:30", "14:10 begins 12:30 true", "14:10 done", "14:10 waits 00:00")
}

func TestAFailureIsTriedAgainLessAndLess(t *testing.T) {
	d := &day{now: noon, moments: []time.Time{at(0)}, fails: 8, end: at(400)}
	same(t, d.run(t, State{Until: at(-1)}), "12:00 begins 12:00 false", "12:00 failed, again 12:01", "12:01 begins 12:00 false", "12:01 failed, again 12:03", "12:03 begins 12:00 false", "12:03 failed, again 12:07",
		"12:07 begins 12:00 true", "12:07 failed, again 12:15", "12:15 begins 12:00 true", "12:15 failed, again 12:31", "12:31 begins 12:00 true", "12:31 failed, again 13:03", "13:03 begins 12:00 true", "13:03 failed, again 14:03",
		"14:03 begins 12:00 true", "14:03 failed, again 15:03", "15:03 begins 12:00 true", "15:03 done", "15:03 waits 00:00")
	if d.state.Fault != "" {
		t.Errorf("the fault is remembered: %q", d.state.Fault)
	}
}

func TestAChangeIsSeenAtOnce(t *testing.T) {
	d := &day{now: noon, end: at(60)}
	d.changes = map[time.Time]func(){at(5): func() { d.moments = []time.Time{at(20)} }}
	same(t, d.run(t, State{Until: at(-1)}), "12:00 waits 00:00", "12:05 waits 12:20", "12:20 begins 12:20 false", "12:20 done", "12:20 waits 00:00")
	d = &day{now: noon, moments: []time.Time{at(0)}, fails: 5, end: at(14)}
	d.changes = map[time.Time]func(){at(8): func() { d.fails = 0 }}
	if got := d.run(t, State{Until: at(-1)}); !strings.HasSuffix(got, "12:08 done\n12:08 waits 00:00") {
		t.Errorf("what was mended is not tried: %s", got)
	}
	d = &day{now: noon, end: at(60), quiet: true} // on a share, nobody tells
	d.changes = map[time.Time]func(){at(5): func() { d.moments = []time.Time{at(40)} }}
	same(t, d.run(t, State{Until: at(-1)}), "12:00 waits 00:00", "12:15 waits 12:40", "12:40 begins 12:40 false", "12:40 done", "12:40 waits 00:00")
}

func TestState(t *testing.T) {
	dir := t.TempDir()
	if s, err := Read(dir, "o-mang"); err != nil || s != (State{}) {
		t.Errorf("%+v (%v)", s, err)
	}
	want := State{Until: noon, Next: at(1), Alive: noon, Fault: "x"}
	for _, target := range []string{"o-mang", "../../x"} {
		if err := Save(dir, target, want); err != nil {
			t.Fatal(err)
		}
		if s, err := Read(dir, target); err != nil || s != want {
			t.Errorf("%+v (%v)", s, err)
		}
	}
	unlock, err := Lock(dir, "o-mang")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(dir, "o-mang"); !errors.Is(err, ErrKept) {
		t.Errorf("two keep one schedule (%v)", err)
	}
	unlock()
}

func TestServices(t *testing.T) {
	s := Service{Program: `C:\Liên hiệp & bạn\lienhiep.exe`, Dir: `C:\Trang "web"\`, Target: "o-mang"}
	var task struct {
		Command   string `xml:"Actions>Exec>Command"`
		Arguments string `xml:"Actions>Exec>Arguments"`
		Dir       string `xml:"Actions>Exec>WorkingDirectory"`
	}
	if err := xml.Unmarshal([]byte(Services["windows"](s)), &task); err != nil {
		t.Fatal(err)
	}
	if task.Command != s.Program || task.Dir != s.Dir || task.Arguments != `deploy o-mang --watch --dir "C:\Trang \"web\"\\"` {
		t.Errorf("%+v", task)
	}
	s.User = "S-1-5-21-1-2-3-1001"
	for _, text := range []string{Services["windows"](Service{Program: "p", Dir: "d", Target: "t"}), Services["windows"](s)} {
		checkTask(t, text)
	}
	if n := strings.Count(Services["windows"](s), "<UserId>"+s.User+"</UserId>"); n != 2 {
		t.Errorf("the user is named %d times", n)
	}
	unit := Services["systemd"](Service{Program: "/opt/100 %/lienhiep", Dir: `/srv/$a "b"`, Target: "o-mang"})
	if want := `ExecStart="/opt/100 %%/lienhiep" "deploy" "o-mang" "--watch" "--dir" "/srv/$$a \"b\""` + "\n"; !strings.Contains(unit, want) {
		t.Errorf("%s\nwant %s", unit, want)
	}
}

// taskSchema is what the Task Scheduler schema, version 1.2, lets the elements that we write
// have: in any order, or in this one ("learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema").
var taskSchema = map[string]struct {
	inOrder bool
	have    string
}{
	"Task":             {false, "RegistrationInfo Triggers Settings Data Principals Actions"},
	"RegistrationInfo": {false, "URI SecurityDescriptor Source Date Author Version Description Documentation"},
	"Triggers":         {false, "BootTrigger RegistrationTrigger IdleTrigger TimeTrigger EventTrigger LogonTrigger SessionStateChangeTrigger CalendarTrigger"},
	"LogonTrigger":     {true, "Enabled StartBoundary EndBoundary Repetition ExecutionTimeLimit UserId Delay"},
	"CalendarTrigger":  {true, "Enabled StartBoundary EndBoundary Repetition ExecutionTimeLimit RandomDelay ScheduleByDay"},
	"Repetition":       {false, "Interval Duration StopAtDurationEnd"},
	"ScheduleByDay":    {false, "DaysInterval"},
	"Principals":       {true, "Principal"},
	"Principal":        {false, "UserId LogonType GroupId DisplayName RunLevel ProcessTokenSidType RequiredPrivileges"},
	"Settings": {false, "AllowStartOnDemand RestartOnFailure MultipleInstancesPolicy DisallowStartIfOnBatteries StopIfGoingOnBatteries AllowHardTerminate StartWhenAvailable " +
		"NetworkProfileName RunOnlyIfNetworkAvailable WakeToRun Enabled Hidden DeleteExpiredTaskAfter IdleSettings NetworkSettings ExecutionTimeLimit Priority RunOnlyIfIdle"},
	"Actions": {true, "Exec"},
	"Exec":    {false, "Command Arguments WorkingDirectory"},
}

// checkTask reports elements of a task that the schema has not, or not there.
func checkTask(t *testing.T, text string) {
	t.Helper()
	type open struct {
		name string
		at   int // of the last child, in the schema
	}
	var path []open
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			return
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Space != "http://schemas.microsoft.com/windows/2004/02/mit/task" {
				t.Errorf("%s is of no task", e.Name)
			}
			if len(path) > 0 {
				above := &path[len(path)-1]
				rule := taskSchema[above.name]
				at := slices.Index(strings.Fields(rule.have), e.Name.Local)
				if at < 0 || rule.inOrder && at < above.at {
					t.Errorf("%s has no %s there:\n%s", above.name, e.Name.Local, text)
				}
				above.at = at
			}
			path = append(path, open{name: e.Name.Local})
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
}
