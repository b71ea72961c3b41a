package edit

import (
	"testing"
	"time"
)

// TestMomentsAreToldFromToday reads them on a Saturday at half past ten.
func TestMomentsAreToldFromToday(t *testing.T) {
	now := time.Date(2026, 11, 28, 10, 30, 0, 0, saigon)
	for said, want := range map[string]string{
		"7:00 Chủ nhật": "2026-11-29T07:00:00+07:00", "chủ  nhật, 7h": "2026-11-29T07:00:00+07:00", "7 giờ sáng Chủ nhật tuần sau": "2026-12-06T07:00:00+07:00",
		"thứ hai": "2026-11-30", "thứ hai tuần tới lúc 8h30": "2026-11-30T08:30:00+07:00", "thứ bảy": "2026-12-05", "14:00 thứ 7": "2026-11-28T14:00:00+07:00", "9:00 thứ bảy này": "2026-12-05T09:00:00+07:00",
		"mai": "2026-11-29", "8 giờ tối mai": "2026-11-29T20:00:00+07:00", "2 giờ 15 phút chiều hôm nay": "2026-11-28T14:15:00+07:00",
		"9:00": "2026-11-29T09:00:00+07:00", "11:00": "2026-11-28T11:00:00+07:00", "29/11": "2026-11-29", "7:00 ngày 29/11": "2026-11-29T07:00:00+07:00", "1/2": "2027-02-01", "29 tháng 11": "2026-11-29",
		"": "", "bao giờ": "", "25:00 mai": "", "7:99": "", "31/2": "", "thứ tám": "", "hôm qua": "",
	} {
		if got := nearDate(said, now); got != want {
			t.Errorf("%q is read as %q, want %q", said, got, want)
		}
	}
	for raw, want := range map[string]string{"2026-11-29T07:00:00+07:00": "7:00 Chủ nhật 29/11/2026", "2026-11-29": "Chủ nhật 29/11/2026", "2026": "", "2026-11": "", "bao giờ": "", "": "", "2026-11-01/2026-11-02": ""} {
		if got := understood(raw, saigon); got != want {
			t.Errorf("%q is understood as %q, want %q", raw, got, want)
		}
	}
}
