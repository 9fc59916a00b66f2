package main

// From signing in to a deleted user.

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

const notFound = "13000309"

func check(step string, good bool) {
	if !good {
		fail(1, "%s: the service did something else", step)
	}
	fmt.Println(step)
}

// turnedAway tells whether a request was refused before it took effect: then it is safe to send it again.
func turnedAway(a answer) bool { return a.neverSent || a.status == 429 || a.retryAfter >= 0 }

// write does a call that changes something: it is sent again only if it was turned away.
func (s *service) write(method, path, body string, into any) {
	if err := s.call(method, path, []byte(body), byToken, turnedAway, into); err != nil {
		fail(3, "%v", err)
	}
}

func (s *service) read(path string, into any) { s.call("GET", path, nil, byToken, always, into) }

// refused returns the failure of a call that the service must refuse.
func (s *service) refused(path string) string {
	request, _ := http.NewRequest("GET", s.endpoint+base+path, nil)
	request.Header.Set("Authorization", s.token)
	a := exchange(request)
	if a.ok {
		return ""
	}
	return a.said
}

type person struct{ ID, UserID, Name, DeptID, Status text }

// signIn signs in as a browser would, without one: the mock's sign-in page takes whom to sign in as from the query.
func (s *service) signIn(login string) text {
	target, _ := url.Parse(s.endpoint)
	var page struct{ URI string }
	s.call("GET", "/session/authCodeURL?domain="+url.QueryEscape(target.Host), nil, anonymous, always, &page)
	request, err := http.NewRequest("GET", page.URI+"&login="+url.QueryEscape(login), nil)
	if err != nil {
		fail(3, "The service answered something the reference does not allow: %v", err)
	}
	a := exchange(request)
	location, _ := url.Parse(a.header.Get("Location"))
	if location == nil || location.Query().Get("code") == "" {
		fail(3, "signing in as %s: %s", login, a.said)
	}
	body, _ := json.Marshal(map[string]string{"code": location.Query().Get("code")})
	var session struct {
		Data struct {
			AccessToken string
			UserInfo    struct{ InnerUserID text }
		}
	}
	if err := s.call("POST", "/session", body, anonymous, turnedAway, &session); err != nil {
		fail(3, "%v", err)
	}
	s.token = session.Data.AccessToken // carries the word Bearer, and is sent as it is
	return session.Data.UserInfo.InnerUserID
}

func (s *service) provisionOne(phone string) text {
	taskID, _ := s.create([]user{{Firstname: "Journey", Phone: phone}})
	s.waitUntilDone(taskID)
	rows := s.resultRows(taskID)[phone]
	if len(rows) == 0 || rows[0].Code != "" {
		fail(1, "%s: %v", phone, rows)
	}
	return rows[0].UserID
}

func (s *service) user(id text) (data person) {
	var answer struct{ Data person }
	s.read("/users/"+string(id), &answer)
	return answer.Data
}

// quota returns what is allocated to individual spaces, and whether the sums hold.
func (s *service) quota() (personal int, addsUp bool) {
	var answer struct{ Data map[string]text }
	s.read("/service/quotaUsed", &answer)
	get := func(name string) int { return answer.Data[name].number() }
	sum := func(part string) int { return get("dept"+part) + get("personal"+part) + get("group"+part) }
	return get("personalSpaceQuotaUsed"), get("spaceUsed") == sum("SpaceUsed") &&
		get("spaceQuotaUsed") == sum("SpaceQuotaUsed") &&
		get("spaceCapacity") == sum("SpaceQuota")+get("reservedSpaceQuota")
}

func (s *service) journey(phone string) {
	innerUserID := s.signIn(s.setting("LOGIN", "admin", ".*"))
	var me struct{ Data struct{ InnerUserID text } }
	s.read("/session/auth", &me)
	check("signed in", me.Data.InnerUserID == innerUserID)

	var departments struct{ List []struct{ ID text } }
	s.read("/departmentList", &departments)
	root := departments.List[0].ID
	name := "Journey " + phone[max(0, len(phone)-8):]
	var created struct{ Data struct{ ID text } }
	s.write("POST", "/departments", fmt.Sprintf(`{"name":%q,"parentId":"%s"}`, name, root), &created)
	department := created.Data.ID
	s.read("/departmentList?departmentId="+string(root), &departments)
	isListed := false
	for _, one := range departments.List {
		isListed = isListed || one.ID == department
	}
	check("department created", isListed)

	var verified struct{ Data []struct{ Reason text } }
	s.write("POST", "/users/batchimport/preverify", fmt.Sprintf(
		`{"curDeptId":%s,"users":[{"targetDeptName":%q,"personalCapacity":1,"isAllocateCapacity":true}]}`,
		department, name), &verified)
	check("import pre-verified", len(verified.Data) == 1 && verified.Data[0].Reason == "")

	first := s.user(s.provisionOne(phone))
	userPath, spacePath := "/users/"+string(first.ID), "/space/"+string(first.ID)
	check("user provisioned", strings.HasPrefix(string(first.Name), "Journey"))

	var done, count struct{ Total text }
	s.write("PUT", userPath, fmt.Sprintf(`{"deptId":%s}`, department), &done)
	s.read("/users/count?deptId="+string(department), &count)
	check("user moved", s.user(first.ID).DeptID == department && count.Total == "1")
	s.write("PUT", userPath, `{"status":1}`, &done)
	check("user disabled", s.user(first.ID).Status == "1")
	s.write("PUT", userPath, `{"status":0}`, &done)
	check("user enabled", s.user(first.ID).Status == "0")

	before, _ := s.quota()
	var space struct {
		Data struct{ ContainerID, Capacity text }
	}
	s.write("POST", spacePath, `{"capacity":5,"type":1}`, &space)
	container := string(space.Data.ContainerID)
	s.write("PUT", spacePath, fmt.Sprintf(`{"capacity":7,"type":1,"containerId":%q}`, container), &done)
	s.read(spacePath+"?type=1&containerId="+container, &space)
	check("space created and changed", space.Data.Capacity == "7")
	after, addsUp := s.quota()
	check("quota adds up", addsUp && after == before+7)

	s.write("DELETE", userPath, "", &done)
	check("user deleted", strings.Contains(s.refused(userPath), notFound))
	s.write("DELETE", "/departments/"+string(department), "", &done)
	check("department deleted", strings.Contains(s.refused("/departments/"+string(department)), notFound))
	again := s.provisionOne(phone)
	check("phone provisioned again", again != first.UserID)
	s.write("DELETE", "/users/"+string(again), "", &done)

	s.read("/session/logoff", &done)
	check("signed out", strings.Contains(s.refused("/session/auth"), "HTTP 401"))
	fmt.Println("journey=done")
	os.Exit(0)
}
