// Provision users on KooDrive and wait until they exist. Go 1.23 or later, standard library only.
// Configuration, steps and exit codes: ../README.md
package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	usage = `usage: provision [FIRSTNAME:PHONE | FIRSTNAME:SURNAME:PHONE]...
       provision sign METHOD URL [BODY]       prints an Authorization header
       provision journey [PHONE]              from signing in to a deleted user`
	userExists = "40000009"
)

type user struct {
	Firstname string `json:"firstname"`
	Surname   string `json:"surname,omitempty"`
	Phone     string `json:"phone"`
}

// preverify returns the reason why a row would fail, or nothing, row by row.
func (s *service) preverify(count int) []struct{ Reason text } {
	row := map[string]any{"targetDeptName": "Dept", "personalCapacity": 10, "isAllocateCapacity": true}
	users := slices.Repeat([]any{row}, count)
	body, _ := json.Marshal(map[string]any{"curDeptId": json.Number(s.deptID), "users": users}) // beyond 2^53: no float
	// isSuccess is 0 in the page's only example and explained nowhere: a failed row is known by its reason.
	var result struct{ Data []struct{ Reason text } }
	s.call("POST", "/users/batchimport/preverify", body, byToken, always, &result)
	if len(result.Data) != count {
		fail(3, "preverify: %d rows sent, %d results", count, len(result.Data))
	}
	return result.Data
}

// create returns the task id, and whether the batch was submitted twice.
//
// A create that is throttled (429, or 503 with Retry-After) was turned away before it took effect. Any other lost
// answer is ambiguous, and the phones cannot be looked up because the user list masks them. But the service skips a
// phone that exists and names its userId (40000009). So the batch is submitted once more: whom the first attempt
// provisioned comes back as skipped, and nobody is provisioned twice.
func (s *service) create(users []user) (taskID text, resubmitted bool) {
	body, _ := json.Marshal(map[string]any{"userList": users})
	var created struct{ Data text }
	for {
		lost := s.call("POST", "/user/batchRegister/create", body, signed, turnedAway, &created)
		switch {
		case lost == nil && created.Data != "":
			return created.Data, resubmitted
		case lost == nil:
			fail(3, "The service answered something the reference does not allow: no task id")
		case resubmitted:
			fail(3, "%v\nThe task may exist or not. Run this again later.", lost)
		}
		log("%v\nThe task may exist or not. Submitting again: the service skips users that exist.", lost)
		resubmitted = true
		time.Sleep(time.Second)
	}
}

type row struct{ UserID, Phone, Code, Reason text }

type page struct {
	NextPageCursor, NextCursor text // the reference uses both names
	RegisterList               []row
	TaskInfo                   struct{ Status, TotalCount, SuccessCount, SkipCount, FailCount text }
}

func (s *service) query(taskID, cursor text, pageSize int) page {
	parameters := url.Values{"taskId": {string(taskID)}, "cursor": {string(cursor)}, "pageSize": {fmt.Sprint(pageSize)}}
	var answer struct{ Data page }
	s.call("GET", "/user/batchRegister/get?"+parameters.Encode(), nil, signed, always, &answer)
	return answer.Data
}

func (s *service) waitUntilDone(taskID text) {
	shown := ""
	for wait := firstWait; ; wait = longer(wait) {
		info := s.query(taskID, "0", 1).TaskInfo
		good, skipped, bad := info.SuccessCount.number(), info.SkipCount.number(), info.FailCount.number()
		counts := fmt.Sprintf("(provisioned %d, skipped %d, failed %d)", good, skipped, bad)
		if counts != shown {
			log("task %s: %d of %d %s", taskID, good+skipped+bad, info.TotalCount.number(), counts)
			shown = counts
		}
		if info.Status == "2" || info.Status == "3" { // done, failed
			return
		}
		if time.Now().Add(wait).After(s.deadline) {
			log("task %s: not done in time; the rows so far:", taskID)
			return
		}
		time.Sleep(wait)
	}
}

// resultRows returns all rows of the task, by phone.
func (s *service) resultRows(taskID text) map[string][]row {
	rows, seen := map[string][]row{}, map[text]bool{}
	for cursor := text("0"); cursor != ""; {
		seen[cursor] = true
		page := s.query(taskID, cursor, 100)
		for _, row := range page.RegisterList {
			rows[string(row.Phone)] = append(rows[string(row.Phone)], row)
		}
		if cursor = page.NextPageCursor; cursor == "" {
			cursor = page.NextCursor
		}
		if seen[cursor] {
			fail(3, "task %s: cursor %s came twice", taskID, cursor)
		}
	}
	return rows
}

// listedIDs returns the ids of all users. Users may arrive meanwhile: rows shift and repeat, and `total` grows.
func (s *service) listedIDs() map[text]bool {
	ids := map[text]bool{}
	for offset, last := 0, false; !last; {
		var page struct {
			List, Data []struct{ ID, UserID text } // the example says list, the table says data
			Total      text
		}
		s.call("GET", fmt.Sprintf("/userList?offset=%d&limit=100", offset), nil, byToken, always, &page)
		users := append(page.List, page.Data...)
		// The reference shows an organisation account as `userId` and KooDrive's own id as `id`: either may match.
		for _, user := range users {
			ids[user.ID], ids[user.UserID] = true, true
		}
		offset += len(users)
		last = len(users) == 0 || len(users) < 100 && page.Total == "" || page.Total != "" && offset >= page.Total.number()
	}
	return ids
}

func outcome(r row, resubmitted bool) string {
	switch {
	case r == row{}:
		return "not processed"
	case r.Code == userExists && resubmitted && r.UserID != "":
		return "skipped: already provisioned"
	case r.Code == userExists:
		return "skipped: " + string(r.Reason)
	case r.UserID != "" && (r.Code == "" || r.Code == "0"):
		return "provisioned"
	}
	return fmt.Sprintf("failed: %s %s", r.Code, r.Reason)
}

type line struct{ phone, outcome, userID string }

// report prints the table and the sums; returns the exit code.
func report(lines []line) int {
	count := map[string]int{}
	for _, l := range append([]line{{"phone", "outcome", "userId"}}, lines...) {
		if l.userID == "" {
			l.userID = "-"
		}
		fmt.Printf("%-16s  %-44s  %s\n", l.phone, l.outcome, l.userID)
		kind, _, _ := strings.Cut(l.outcome, ":")
		count[kind]++
	}
	failed := len(lines) - count["provisioned"] - count["skipped"]
	fmt.Printf("provisioned=%d skipped=%d failed=%d\n", count["provisioned"], count["skipped"], failed)
	return min(failed, 1)
}

func (s *service) provision(users []user) int {
	var lines []line
	refused := false
	for i, result := range s.preverify(len(users)) {
		lines = append(lines, line{users[i].Phone, "not processed", ""})
		if result.Reason != "" {
			lines[i].outcome, refused = "failed: pre-verification: "+string(result.Reason), true
		}
	}
	if refused {
		return report(lines)
	}
	taskID, resubmitted := s.create(users)
	s.waitUntilDone(taskID)
	rows := s.resultRows(taskID)
	for i, user := range users {
		var own row
		if left := rows[user.Phone]; len(left) > 0 {
			own, rows[user.Phone] = left[0], left[1:]
		}
		lines[i] = line{user.Phone, outcome(own, resubmitted), string(own.UserID)}
	}
	exitCode := report(lines)

	for phone, left := range rows {
		for range left {
			log("a row too many in the result: %s", phone)
			exitCode = 1
		}
	}
	ids := s.listedIDs()
	for _, l := range lines {
		if (l.outcome == "provisioned" || l.outcome == "skipped: already provisioned") && !ids[text(l.userID)] {
			log("provisioned, but not in the user list: %s", l.userID)
			exitCode = 1
		}
	}
	return exitCode
}

func main() {
	s, arguments := connect(os.Getenv), os.Args[1:]
	if len(arguments) > 2 && len(arguments) < 5 && arguments[0] == "sign" {
		target, err := url.Parse(arguments[2])
		if err != nil {
			fail(2, "%v\n%s", err, usage)
		}
		host := s.setting("HOST_HEADER", target.Host, ".*")
		date := s.setting("X_DATE", time.Now().UTC().Format(xDate), ".*")
		fmt.Println(s.authorization(arguments[1], target, host, date, []byte(strings.Join(arguments[3:], ""))))
		return
	}
	if len(arguments) > 0 && len(arguments) < 3 && arguments[0] == "journey" {
		phone := fmt.Sprintf("188%010d", time.Now().UnixMilli()%1e10)
		if len(arguments) == 2 {
			phone = arguments[1]
		}
		s.journey(phone)
	}
	if len(arguments) == 0 {
		arguments = []string{"1204:1204:1884609076404", "1205:1205:1884609076405"}
	}
	var users []user
	for _, argument := range arguments {
		names := strings.Split(argument, ":")
		if len(names) < 2 || len(names) > 3 || slices.Contains(names, "") {
			fail(2, "%s is neither FIRSTNAME:PHONE nor FIRSTNAME:SURNAME:PHONE\n%s", argument, usage)
		}
		surname := strings.Join(names[1:len(names)-1], "")
		users = append(users, user{names[0], surname, names[len(names)-1]})
	}
	if len(users) > 1000 {
		fail(2, "a batch takes 1000 users at most\n%s", usage)
	}
	os.Exit(s.provision(users))
}
