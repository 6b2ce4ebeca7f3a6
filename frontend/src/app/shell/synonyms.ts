import type app from '../locales/ja.json';

type Words = (typeof app)['nav'];
type Search = (typeof app)['search'];

/** What finds each page beside its name, whichever language the screen speaks: what people call it, what they do there, and how it is read. */
export const pageWords: Record<Exclude<keyof Words, 'settings'> | 'alerts' | 'account', string> = {
  home: 'ダッシュボード トップ 売上 今日 数字 ほーむ うりあげ home dashboard top overview sales today figures',
  guide: 'ヘルプ マニュアル 手引き ガイド はじめかた 使い方 つかいかた てびき guide help manual how to start',
  customers: '顧客 お客様 お客さま 会員 購入者 人 名簿 リスト 検索 こきゃく かいいん こうにゅうしゃ めいぼ customers people members buyers contacts list',
  candidates: '名寄せ候補 重複 同じ人 統合 マージ 同一人物 世帯 なよせ じゅうふく とうごう possible duplicates merge same person household matching',
  segments: 'セグメント 条件 絞り込み ターゲット 配信リスト 対象者 固定リスト じょうけん しぼりこみ たいしょう segments rules target audience filter lists',
  campaigns: 'キャンペーン 配信 メール メルマガ 一斉配信 予約 予約配信 カレンダー 送信 送る 下書き はいしん よやく そうしん めるまが campaigns mail newsletter send schedule scheduled delivery drafts',
  offers: '特典 クーポン 割引 値引き 送料無料 コード とくてん わりびき ねびき offers coupons discounts codes free shipping',
  tasks: 'タスク やること 作業 R-Mail ストアニュースレター RMS 期限 さぎょう tasks to do todo due',
  policy: '規約ルール 規約 法律 ガイドライン 特定電子メール法 景品表示法 禁止 チェック 審査 きやく ほうりつ policy rules law compliance checks forbidden',
  stages: '会員ステージ ランク 会員ランク 等級 ステータス ゴールド シルバー 昇格 降格 すてーじ らんく かいいん member stages ranks tiers levels status gold upgrade',
  pointsProgram: 'ポイント 付与 付与率 還元 倍率 ルール 入会ポイント 誕生日 有効期限 試算 ぽいんと ふよ かんげん points program earning earn rate multiplier bonus expiry',
  referrals: '紹介 友だち紹介 友達紹介 紹介コード 紹介キャンペーン 不正 確認待ち しょうかい ともだち referrals refer a friend codes fraud',
  ledger: 'ポイント台帳 ポイント履歴 残高 取引 負債 未使用ポイント 失効 会計 調整 だいちょう りれき ざんだか point ledger bookings balance liability history expired accounting',
  insight: '分析 レポート 統計 グラフ 集計 F2 リピート 回遊 ぶんせき れぽーと analysis analytics insight reports charts statistics',
  imports: '取り込み インポート アップロード CSV ファイル 受注 注文データ 自動取り込み とりこみ じゅちゅう imports upload files orders data',
  mailbox: 'メールボックス 受信箱 送信済み テストメール 届いたメール めーるぼっくす mailbox inbox sent test mails',
  sending: 'メール配信 送信ドメイン DKIM SPF DMARC DNS 署名 バウンス 戻りメール エラーメール 配信停止 ブラックリスト はいしん もどりめーる mail sending domain signature bounces suppressions unsubscribed deliverability',
  properties: 'カスタム項目 顧客項目 属性 独自項目 フィールド 追加項目 こうもく ぞくせい properties custom fields attributes',
  api: 'API 開発者 トークン クライアント 外部連携 システム連携 OAuth GraphQL OIDC えーぴーあい developers tokens partner clients integration',
  webhooks: 'Webhook ウェブフック 外部連携 取引先への連絡 うぇぶふっく webhooks notify callbacks events',
  customerTags: '顧客タグ ラベル 分類 目印 こきゃくたぐ らべる ぶんるい customer tags labels',
  tags: '計測タグ スニペット JavaScript トラッキング 閲覧 カート 行動 サイト けいそくたぐ えつらん site tags snippet tracking views carts behaviour behavior',
  staff: 'スタッフ 招待 ユーザー メンバー 担当者 権限 役割 アカウント追加 しょうたい たんとうしゃ けんげん staff invite invitation users team roles permissions',
  audit: '監査ログ 操作履歴 変更履歴 だれが ログ 記録 かんさ りれき きろく audit log history changes who did',
  brand: 'ブランド 会社 会社名 ロゴ 色 送信元 差出人 住所 フッター 連絡先 ぶらんど かいしゃ そうしんもと さしだしにん brand company logo colors sender from address footer contact',
  shops: '店舗 ショップ モール 出店 店 楽天 Amazon Yahoo 実店舗 てんぽ しょっぷ shops stores storefronts malls',
  memberPage: '会員ページ 会員証 アプリ プロフィール 変更できる項目 誕生日の変更 会員情報 かいいんぺーじ たんじょうび member page profile app birthday what members may change',
  pace: '配信時間と上限 配信ルール 配信しない時間 送らない時間 配信停止時間 夜間 深夜 頻度 通数 送りすぎ 上限 はいしんじかん おくらない ひんど じょうげん delivery hours and quiet hours night frequency caps limit pace',
  connections: 'モール連携 API連携 自動取得 RMS 楽天 Yahoo Amazon SP-API Shopify 接続 もーるれんけい せつぞく mall connections integration connect keys',
  netSales: '純売上 売上の定義 売上 計算方法 送料 税 クーポン じゅんうりあげ net sales revenue definition shipping',
  fees: '手数料 モール手数料 料率 費用 コスト 利益 粗利 てすうりょう ひよう りえき fees rates costs profit margin',
  products: '商品と原価 商品 原価 仕入れ 在庫 カテゴリ SKU 粗利 しょうひん げんか ざいこ products and costs price stock categories',
  signups: '登録フォーム フォーム 会員登録 入会 オプトイン ダブルオプトイン メルマガ登録 同意 購読 とうろく にゅうかい どうい sign-up forms subscribe opt-in registration consent',
  privacy: '個人情報 開示 削除 消去 請求 保存期間 プライバシー GDPR こじんじょうほう さくじょ personal data privacy erase delete export retention',
  alerts: 'アラート 通知 お知らせ 警告 エラー 障害 つうち おしらせ けいこく alerts notifications notices warnings errors',
  account: 'アカウントの設定 プロフィール パスワード 2段階認証 二段階認証 表示言語 端末 セッション テーマ 通知メール ログイン あかうんと ぱすわーど account settings profile password two-factor second step language sessions devices theme login',
};

/** The same of what can be done from everywhere. */
export const actionWords: Record<keyof Search['action'], string> = {
  newCampaign: '作る 新規 メールを送る メールを書く 配信 予約 メルマガ create new campaign mail send write',
  import: 'インポート アップロード CSV 受注 注文 取込 import upload file orders',
  newSegment: '作る 新規 条件 絞り込み 対象 create new segment audience',
  newOffer: '作る 新規 クーポン 割引 create new offer coupon',
  addCustomer: '新規 登録 会員 お客様 手で入力 顧客登録 add new customer person register',
  dark: 'テーマ 画面の明るさ 暗い 夜 ダークモード 外観 theme dark mode appearance night',
  light: 'テーマ 画面の明るさ 明るい ライトモード 外観 theme light mode appearance',
  signOut: 'ログアウト 終了 退出 sign out log out logout',
};

/** The same of the parts of pages that have an address of their own. */
export const partWords: Record<keyof Search['part'], string> = {
  conversion: 'F2 F2転換率 2回目購入 転換 リピート率 ファネル conversion second order funnel',
  repeat: 'リピート 継続 コホート 再購入 LTV repeat retention cohort',
  circulation: '回遊 相互送客 併用 モール間 かいゆう circulation cross-mall matrix',
  events: 'セール イベント 楽天スーパーSALE お買い物マラソン 5のつく日 プライムデー sales events super sale',
  stagesReport: 'ステージ 推移 昇格 降格 ランク stages moves ranks',
  pointsReport: 'ポイント 残高 負債 失効 推移 points balance liability expiry',
  calendar: '予定 カレンダー セール日 祝日 予約 スケジュール よてい calendar plan schedule holidays',
  report: '会計 経理 負債 発行 失効 引当 資金決済法 基準日 かいけい accounting report liability issued breakage',
  adjustments: '一括 調整 まとめて付与 CSV 承認 ポイント付与 bulk adjustments grant approval',
  rewards: '交換 景品 ギフト 引き換え こうかん rewards exchange gifts',
  spending: '利用 使い方 1ポイント 円 上限 換算 spending use value checkout',
  bounces: 'バウンス 戻りメール エラーメール 不達 届かない もどりめーる bounces undelivered returned',
  suppressions: '配信停止 停止リスト 送らない ブラックリスト 苦情 迷惑メール suppressions blocked unsubscribed complaints do not send',
  roles: '権限 役割 ロール できること けんげん やくわり roles permissions rights',
  retention: '保存期間 自動削除 データ保持 ほぞんきかん retention delete keep',
  folders: '自動取り込み フォルダー 定期 監視 SFTP じどうとりこみ folders watched automatic',
};
