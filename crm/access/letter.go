package access

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/meguri-crm/meguri/db"
)

// Where the keys in mails lead. A key stands behind the #, which browsers send
// to no server and name to no other page.
const (
	invitePath  = "/invite#"
	resetPath   = "/reset-password#"
	accountPath = "/account"
	forgotPath  = "/forgot-password"
)

// newKey is the nonce of a new key of kind and the hash by which it is found again.
func (k *Keyring) newKey(kind string) (nonce, hash []byte) {
	nonce = make([]byte, 16)
	_, _ = rand.Read(nonce) // never fails (crypto/rand)
	return nonce, hashOf(k.mailedKey(kind, nonce))
}

// letterID is stable for one key, whatever the attempt to send it.
func letterID(kind string, nonce []byte) string { return kind + "." + hex.EncodeToString(nonce[:8]) }

func (s *Service) inviteLetter(i *db.StaffInvite, inviter string) Letter {
	l := Letter{ID: letterID(keyInvite, i.Nonce), To: i.Email, Locale: i.Locale, Path: invitePath + s.keys.mailedKey(keyInvite, i.Nonce)}
	if i.Locale == localeEnglish {
		l.Subject = "You are invited to Meguri"
		l.Body = []string{
			"Hello,",
			fmt.Sprintf("%s invites you to work in Meguri as %s.", inviterEnglish(inviter), roleWords[i.Role][1]),
			"Set your name and a password to begin.",
		}
		l.Button = "Accept the invitation"
		l.Notes = []string{"The link works once, for 7 days.", "If you do not expect this invitation, you need not do anything."}
		return l
	}
	l.Subject = "Meguriへの招待が届いています"
	l.Body = []string{
		"はじめまして。",
		fmt.Sprintf("%sから、Meguriに「%s」として招待されています。", inviterJapanese(inviter), roleWords[i.Role][0]),
		"次のボタンから、お名前とパスワードを設定してご利用を開始してください。",
	}
	l.Button = "招待を受ける"
	l.Notes = []string{"リンクは1回だけ使えます。有効期限は7日間です。", "お心当たりがない場合は、このメールを破棄してください。手続きは不要です。"}
	return l
}

func (s *Service) resetLetter(r *db.PasswordReset, staff *db.Staff) Letter {
	l := Letter{ID: letterID(keyReset, r.Nonce), To: staff.Email, Locale: staff.Locale, Path: resetPath + s.keys.mailedKey(keyReset, r.Nonce)}
	if staff.Locale == localeEnglish {
		l.Subject = "Set a new password for Meguri"
		l.Body = []string{"Hello " + staff.Name + ",", "A new password was asked for your Meguri account. Set it here."}
		l.Button = "Set a new password"
		l.Notes = []string{"The link works once, for 1 hour.", "If you did not ask for it, ignore this mail: your password stays as it is."}
		return l
	}
	l.Subject = "Meguriのパスワード再設定"
	l.Body = []string{staff.Name + "さん", "Meguriのパスワード再設定の依頼を受け付けました。次のボタンから、新しいパスワードを設定してください。"}
	l.Button = "パスワードを再設定"
	l.Notes = []string{"リンクは1回だけ使えます。有効期限は1時間です。", "お心当たりがない場合は、このメールを破棄してください。パスワードは変更されません。"}
	return l
}

// securityLetter tells a person what was just changed about the account, so that
// a change by somebody else does not go unseen.
func (s *Service) securityLetter(n NoticeJob, staff *db.Staff) Letter {
	words := securityWords[n.What]
	l := Letter{ID: fmt.Sprintf("security.%d.%s", n.StaffID, n.Mark), To: staff.Email, Locale: staff.Locale, Path: accountPath}
	if staff.Locale == localeEnglish {
		l.Subject, l.Body = words.en[0], []string{"Hello " + staff.Name + ",", words.en[1]}
		l.Button = "Look at your account"
		l.Notes = []string{"If this was not you, set a new password at once and tell an administrator: " + s.mail.Base + forgotPath}
		return l
	}
	l.Subject, l.Body = words.ja[0], []string{staff.Name + "さん", words.ja[1]}
	l.Button = "アカウントを確認"
	l.Notes = []string{"お心当たりがない場合は、すぐにパスワードを再設定し、管理者にご連絡ください: " + s.mail.Base + forgotPath}
	return l
}

// Changes that their person is told of.
const (
	noticePassword = "password"
	noticeTOTPOn   = "totp_on"
	noticeTOTPOff  = "totp_off"
)

// securityWords are subject and sentence in both languages.
var securityWords = map[string]struct{ ja, en [2]string }{
	noticePassword: {
		ja: [2]string{"Meguriのパスワードが変更されました", "Meguriのパスワードが変更されました。ほかの端末からはサインアウトされています。"},
		en: [2]string{"Your Meguri password was changed", "The password of your Meguri account was changed. Other devices were signed out."},
	},
	noticeTOTPOn: {
		ja: [2]string{"Meguriの2段階認証が有効になりました", "Meguriの2段階認証が有効になりました。次のサインインから、認証アプリのコードを入力します。"},
		en: [2]string{"Two-step sign-in is on for Meguri", "Two-step sign-in was turned on for your Meguri account. From now on, signing in asks for a code of your app."},
	},
	noticeTOTPOff: {
		ja: [2]string{"Meguriの2段階認証が解除されました", "Meguriの2段階認証が解除されました。サインインにはパスワードだけを使います。"},
		en: [2]string{"Two-step sign-in is off for Meguri", "Two-step sign-in was turned off for your Meguri account. Signing in asks for your password only."},
	},
}

// roleWords are the roles in Japanese and English.
var roleWords = map[string][2]string{
	string(RoleOwner):    {"オーナー", "owner"},
	string(RoleManager):  {"マネージャー", "manager"},
	string(RoleMarketer): {"マーケター", "marketer"},
	string(RoleAnalyst):  {"アナリスト", "analyst"},
	string(RoleSupport):  {"サポート", "support"},
}

func inviterJapanese(name string) string {
	if name == "" {
		return "管理者"
	}
	return name + "さん"
}

func inviterEnglish(name string) string {
	if name == "" {
		return "An administrator"
	}
	return name
}

// NoticeJob tells a person by mail what was changed about the account.
type NoticeJob struct {
	StaffID int64  `json:"staffId"`
	What    string `json:"what"`
	Mark    string `json:"mark"` // unique to the change
}

// Kind names the job.
func (NoticeJob) Kind() string { return "access.notice" }

// tell enqueues the notice of a change; a program that writes no mails tells nobody.
func (s *Service) tell(ctx context.Context, tx db.Tx, staffID int64, what string) error {
	if s.mail.Queue == nil {
		return nil
	}
	return s.enqueue(ctx, tx, NoticeJob{StaffID: staffID, What: what, Mark: rand.Text()})
}

// MailNotice does a NoticeJob.
func (s *Service) MailNotice(ctx context.Context, n NoticeJob) error {
	staff, err := s.Find(ctx, n.StaffID)
	if err != nil || staff.DisabledAt != nil {
		return err
	}
	_, err = s.mail.Post.Send(ctx, s.securityLetter(n, staff))
	return err
}
