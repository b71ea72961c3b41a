package edit

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// closing is the page that closes the desk: an entry that was being written has been kept
// by the page that was left for it.
func (d *Desk) closing(w http.ResponseWriter, r *http.Request) {
	d.show(w, "dong", view{Title: "Đóng bàn biên tập", Help: "ban-bien-tap"})
}

// close ends the program, once whatever is being saved, built or published is done; nothing
// is begun any more.
func (d *Desk) close(w http.ResponseWriter, r *http.Request) {
	var asked struct{}
	if !read(w, r, &asked) {
		return
	}
	d.doing.Lock() // for good
	data, err := json.Marshal(true)
	if err != nil {
		d.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(data))) // the page need not wait for the end
	_, _ = w.Write(data)                                      // a browser that has gone away needs no answer
	_ = http.NewResponseController(w).Flush()                 // as above
	d.Stop()
}
