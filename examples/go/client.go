package main

// Signing, and calls that survive a service under load.

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	base           = "/koodrive/ose/v1"
	signedHeaders  = "host;x-date;x-user-id"
	xDate          = "20060102T150405Z" // formatting truncates: a date later than the service's now is refused
	attempts       = 8
	firstWait      = 200 * time.Millisecond
	growth         = 1.5
	longestWait    = 5 * time.Second
	requestTimeout = 30 * time.Second
)

// A service is KooDrive as the settings describe it.
type service struct {
	setting                                           func(name, fallback, pattern string) string
	endpoint, appID, appSecret, userID, token, deptID string
	deadline                                          time.Time
	clockOffset                                       time.Duration // the service's clock minus ours
}

// connect takes the settings from os.Getenv, or from a function like it.
func connect(getenv func(string) string) *service {
	setting := func(name, fallback, pattern string) string {
		value := cmp.Or(getenv("KOODRIVE_"+name), fallback)
		if !regexp.MustCompile(`(?s)^(` + pattern + `)$`).MatchString(value) {
			fail(2, "KOODRIVE_%s must match %s\n%s", name, pattern, usage)
		}
		return value
	}
	seconds, _ := strconv.Atoi(setting("DEADLINE", "600", `\d{1,6}`))
	return &service{
		setting:   setting,
		endpoint:  strings.TrimRight(setting("ENDPOINT", "http://127.0.0.1:4010", `https?://[^/?#@]+[^?#]*`), "/"),
		appID:     setting("APP_ID", strings.Repeat("0123456789abcdef", 4), ".*"),
		appSecret: setting("APP_SECRET", "koodrive-mock-app-secret", ".*"),
		userID:    setting("USER_ID", "1505084218764547200", ".*"),
		token:     setting("ACCESS_TOKEN", "mock-admin-token", ".*"),
		deptID:    setting("DEPT_ID", "1575416580416769793", `[1-9]\d{0,18}`),
		deadline:  time.Now().Add(time.Duration(seconds) * time.Second),
	}
}

// A redirect is an answer, not followed: a signature is good for one path only.
var client = http.Client{Timeout: requestTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse
}}

func log(format string, values ...any) { fmt.Fprintf(os.Stderr, format+"\n", values...) }

// fail ends the program. Exit code 2: usage; 3: the service refuses or cannot be reached.
func fail(exitCode int, format string, values ...any) {
	log(format, values...)
	os.Exit(exitCode)
}

// text takes a JSON string or number as it is written: ids never pass through a float, and `code` is a number in the
// examples of the reference and a string in its tables.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, (*string)(t))
	}
	*t = text(strings.TrimPrefix(string(raw), "null"))
	return nil
}

func (t text) number() int {
	number, err := strconv.Atoi(string(t))
	if err != nil {
		fail(3, "The service answered something the reference does not allow: %v", err)
	}
	return number
}

// encode follows RFC 3986; QueryEscape differs in the space only. Decoding first keeps %20 from becoming %2520.
func encode(raw string) string {
	if decoded, err := url.PathUnescape(raw); err == nil {
		raw = decoded
	}
	return strings.ReplaceAll(url.QueryEscape(raw), "+", "%20")
}

func hash(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

func (s *service) authorization(method string, target *url.URL, host, date string, body []byte) string {
	segments := strings.Split(strings.TrimSuffix(target.EscapedPath(), "/"), "/")
	for i, segment := range segments {
		segments[i] = encode(segment)
	}
	var pairs [][]string
	for _, pair := range strings.FieldsFunc(target.RawQuery, func(r rune) bool { return r == '&' }) {
		name, value, _ := strings.Cut(pair, "=")
		pairs = append(pairs, []string{encode(name), encode(value)})
	}
	slices.SortFunc(pairs, slices.Compare[[]string])
	var query []string
	for _, pair := range pairs {
		query = append(query, strings.Join(pair, "="))
	}
	canonicalRequest := strings.Join([]string{
		strings.ToUpper(method),
		strings.Join(segments, "/") + "/", // signed with a trailing slash, sent without
		strings.Join(query, "&"),
		"host:" + strings.TrimSpace(host),
		"x-date:" + strings.TrimSpace(date),
		"x-user-id:" + strings.TrimSpace(s.userID),
		"", // every header ends its own line and the block ends once more: an empty line
		signedHeaders,
		hash(body),
	}, "\n")
	// Two lines: the date line of the vendor's SDK-HMAC-SHA256 does not exist here.
	mac := hmac.New(sha256.New, []byte(s.appSecret))
	mac.Write([]byte("HMAC-SHA256\n" + hash([]byte(canonicalRequest))))
	return fmt.Sprintf("HMAC-SHA256 AppId=%s,SignedHeaders=%s,Signature=%x", s.appID, signedHeaders, mac.Sum(nil))
}

type answer struct {
	status                 int // 0: no answer
	header                 http.Header
	body                   []byte
	said                   string
	ok, mayPass, neverSent bool
	retryAfter             time.Duration // negative: none
}

func exchange(request *http.Request) (a answer) {
	response, err := client.Do(request)
	if err == nil {
		defer response.Body.Close()
		a.body, err = io.ReadAll(response.Body)
	}
	if err != nil {
		var network *net.OpError
		neverSent := errors.As(err, &network) && network.Op == "dial"
		return answer{said: "no answer: " + err.Error(), mayPass: true, neverSent: neverSent, retryAfter: -1}
	}
	a.status, a.header, a.retryAfter = response.StatusCode, response.Header, -1
	var said struct {
		Code, Msg text
		ErrorCode text `json:"error_code"` // the names of a gateway in front
		ErrorMsg  text `json:"error_msg"`
	}
	usable := json.Unmarshal(a.body, &said) == nil
	a.said = fmt.Sprintf("HTTP %d, not a JSON object", a.status)
	if usable {
		a.said = fmt.Sprintf("HTTP %d, code %s: %s", a.status, said.Code+said.ErrorCode, said.Msg+said.ErrorMsg)
	}
	if diagnosis := a.header.Get("X-Mock-Diagnosis"); diagnosis != "" {
		a.said += "\nX-Mock-Diagnosis: " + diagnosis
	}
	a.ok = a.status == 200 && usable && said.Code == "0"
	a.mayPass = a.status == 429 || a.status >= 500 || a.status == 200 && !usable
	wait, err := strconv.ParseUint(a.header.Get("Retry-After"), 10, 31)
	if err == nil && (a.status == 429 || a.status == 503) {
		a.retryAfter = time.Duration(wait) * time.Second
	}
	return a
}

// How a caller proves who it is.
type proof int

const (
	byToken proof = iota
	signed
	anonymous
)

// call does one operation. A failure that may pass (throttled, 5xx, no answer) is retried where mayResend says that it
// is safe. The error is for the other case: the request may have taken effect or not.
func (s *service) call(method, path string, body []byte, as proof, mayResend func(answer) bool, into any) error {
	wait, clockTaken, tokenRenewed := firstWait, false, false
	for attempt := 1; ; {
		request, err := http.NewRequest(method, s.endpoint+base+path, bytes.NewReader(body))
		if err != nil {
			fail(2, "KOODRIVE_ENDPOINT: %v", err)
		}
		// As on the wire: without a default port.
		host := strings.TrimSuffix(request.URL.Host, map[string]string{"http": ":80", "https": ":443"}[request.URL.Scheme])
		sentAt := time.Now().Add(s.clockOffset).Truncate(time.Second)
		request.Host = host
		request.Header.Set("Content-Type", "application/json")
		if as == signed {
			date := sentAt.UTC().Format(xDate)
			request.Header.Set("X-Date", date)
			request.Header.Set("X-User-Id", s.userID)
			request.Header.Set("Authorization", s.authorization(method, request.URL, host, date, body))
		} else if as == byToken && strings.HasPrefix(s.token, "Bearer") { // a token that brings its own scheme is sent as it is
			request.Header.Set("Authorization", s.token)
		} else if as == byToken {
			request.Header.Set("Authorization", "Bearer+"+s.token) // as the pages print it
		}
		a := exchange(request)
		if a.ok {
			if err := json.Unmarshal(a.body, into); err != nil {
				fail(3, "The service answered something the reference does not allow: %v", err)
			}
			return nil
		}
		failure := fmt.Sprintf("%s %s: %s", method, strings.Split(path, "?")[0], a.said)
		switch {
		// The status page counts failed authentication under 400 too; Date tells whether the clock is to blame.
		case as == signed && !clockTaken && slices.Contains([]int{400, 401, 403}, a.status) && s.takeClock(a, sentAt):
			clockTaken = true
		case as == byToken && !tokenRenewed && a.status == 401:
			s.renewToken(failure)
			tokenRenewed = true
		case !a.mayPass:
			fail(3, "%s", failure)
		case !mayResend(a):
			return errors.New(failure)
		default:
			pause := max(wait, a.retryAfter)
			if attempt == attempts || time.Now().Add(pause).After(s.deadline) {
				fail(3, "%s\nGiven up at attempt %d.", failure, attempt)
			}
			time.Sleep(pause)
			wait, attempt = longer(wait), attempt+1
		}
	}
}

func always(answer) bool { return true }

func longer(wait time.Duration) time.Duration {
	return min(time.Duration(float64(wait)*growth), longestWait)
}

func (s *service) takeClock(a answer, sentAt time.Time) bool {
	servedAt, err := http.ParseTime(a.header.Get("Date"))
	ahead := sentAt.Sub(servedAt)
	if err != nil || ahead <= 0 && ahead >= -5*time.Second {
		return false
	}
	s.clockOffset = time.Until(servedAt)
	log("our date was %+.0f s from the service's; signing with its clock from now on", ahead.Seconds())
	return true
}

func (s *service) renewToken(failure string) {
	fresh, err := exec.Command("sh", "-c", s.setting("TOKEN_COMMAND", "exit 1", ".*")).Output()
	if s.token = strings.TrimSpace(string(fresh)); err != nil || s.token == "" {
		fail(3, "%s\nThe access token is not accepted; it lives 20 minutes. Set a fresh one in "+
			"KOODRIVE_ACCESS_TOKEN, or a command that prints one in KOODRIVE_TOKEN_COMMAND.", failure)
	}
}
