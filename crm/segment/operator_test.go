package segment_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/segment"
)

// rows is how each kind of field reads in a form with each of its operators and
// a value that fits.
var rows = map[string]segment.Words{
	"NUMBER eq":         {JA: "数 2個ちょうど", EN: "Number is exactly 2"},
	"NUMBER gte":        {JA: "数 2個以上", EN: "Number is at least 2"},
	"NUMBER lte":        {JA: "数 2個以下", EN: "Number is at most 2"},
	"NUMBER between":    {JA: "数 2個〜5個の範囲", EN: "Number is between 2 – 5"},
	"MONEY eq":          {JA: "金額 ¥500ちょうど", EN: "Amount is exactly ¥500"},
	"MONEY gte":         {JA: "金額 ¥500以上", EN: "Amount is at least ¥500"},
	"MONEY lte":         {JA: "金額 ¥500以下", EN: "Amount is at most ¥500"},
	"MONEY between":     {JA: "金額 ¥500〜¥900の範囲", EN: "Amount is between ¥500 – ¥900"},
	"TIME within_days":  {JA: "日 30日前から今日まで", EN: "Day is within the last 30 days"},
	"TIME before_days":  {JA: "日 30日前よりも前", EN: "Day is earlier than the last 30 days"},
	"TIME since":        {JA: "日 2026/11/01以降", EN: "Day is on or after 2026/11/01"},
	"TIME before":       {JA: "日 2026/11/01より前", EN: "Day is before 2026/11/01"},
	"TIME during":       {JA: "日 2026/11/01〜2026/11/30の間", EN: "Day is between 2026/11/01 – 2026/11/30"},
	"TIME this_month":   {JA: "日が今月", EN: "Day is this month"},
	"TIME next_month":   {JA: "日が来月", EN: "Day is next month"},
	"TIME next_days":    {JA: "日 30日後まで（今日から）", EN: "Day is within the next 30 days"},
	"TIME known":        {JA: "日の登録がある", EN: "Day is on record"},
	"TIME unknown":      {JA: "日の登録がない", EN: "Day is not on record"},
	"NUMBER known":      {JA: "数の登録がある", EN: "Number is on record"},
	"NUMBER unknown":    {JA: "数の登録がない", EN: "Number is not on record"},
	"CHOICE any_of":     {JA: "区分 AかBのいずれかに該当", EN: "Kind is any of A, B"},
	"CHOICE none_of":    {JA: "区分 AかBのいずれにも該当しない", EN: "Kind is none of A, B"},
	"CHOICE known":      {JA: "区分の登録がある", EN: "Kind is on record"},
	"CHOICE unknown":    {JA: "区分の登録がない", EN: "Kind is not on record"},
	"CHOICE this_month": {JA: "区分が今月", EN: "Kind is this month"},
	"CHOICE next_month": {JA: "区分が来月", EN: "Kind is next month"},
	"CHOICES any_of":    {JA: "種別 AかBのいずれかに該当", EN: "Kinds is any of A, B"},
	"CHOICES all_of":    {JA: "種別 AかBのすべてに該当", EN: "Kinds has all of A, B"},
	"CHOICES none_of":   {JA: "種別 AかBのいずれにも該当しない", EN: "Kinds is none of A, B"},
	"CHOICES count_gte": {JA: "種別 2種類以上（種類の数）", EN: "Kinds has at least this many kinds: 2"},
	"CHOICES count_lte": {JA: "種別 2種類以下（種類の数）", EN: "Kinds has at most this many kinds: 2"},
	"CHOICES known":     {JA: "種別の登録がある", EN: "Kinds is on record"},
	"CHOICES unknown":   {JA: "種別の登録がない", EN: "Kinds is not on record"},
	"TEXT any_of":       {JA: "言葉 AかBのいずれかに該当", EN: "Words is any of A, B"},
	"TEXT none_of":      {JA: "言葉 AかBのいずれにも該当しない", EN: "Words is none of A, B"},
	"TEXT contains":     {JA: "言葉 AかBのいずれかを含む", EN: "Words contains any of A, B"},
	"TEXT known":        {JA: "言葉の登録がある", EN: "Words is on record"},
	"TEXT unknown":      {JA: "言葉の登録がない", EN: "Words is not on record"},
	"BOOLEAN is":        {JA: "会員 該当する", EN: "Member Yes"},
	"BOOLEAN known":     {JA: "会員の登録がある", EN: "Member is on record"},
	"BOOLEAN unknown":   {JA: "会員の登録がない", EN: "Member is not on record"},
}

var nouns = map[segment.Type]segment.Words{
	segment.TypeNumber: {JA: "数", EN: "Number"}, segment.TypeMoney: {JA: "金額", EN: "Amount"}, segment.TypeTime: {JA: "日", EN: "Day"},
	segment.TypeChoice: {JA: "区分", EN: "Kind"}, segment.TypeChoices: {JA: "種別", EN: "Kinds"}, segment.TypeText: {JA: "言葉", EN: "Words"},
	segment.TypeBoolean: {JA: "会員", EN: "Member"},
}

// valueOf is a value as a form shows it.
func valueOf(t segment.Type, s segment.Shape) segment.Words {
	switch {
	case s == segment.ShapeNone:
		return segment.Words{}
	case s == segment.ShapeDays:
		return segment.Words{JA: "30日", EN: "30 days"}
	case s == segment.ShapeCount:
		return segment.Words{JA: "2種類", EN: "2"}
	case s == segment.ShapeDate:
		return segment.Words{JA: "2026/11/01", EN: "2026/11/01"}
	case s == segment.ShapeDateRange:
		return segment.Words{JA: "2026/11/01〜2026/11/30", EN: "2026/11/01 – 2026/11/30"}
	case s == segment.ShapeList:
		return segment.Words{JA: "AかB", EN: "A, B"}
	case s == segment.ShapeBoolean:
		return segment.Words{JA: "該当する", EN: "Yes"}
	case t == segment.TypeMoney && s == segment.ShapeNumberRange:
		return segment.Words{JA: "¥500〜¥900", EN: "¥500 – ¥900"}
	case t == segment.TypeMoney:
		return segment.Words{JA: "¥500", EN: "¥500"}
	case s == segment.ShapeNumberRange:
		return segment.Words{JA: "2個〜5個", EN: "2 – 5"}
	}
	return segment.Words{JA: "2個", EN: "2"}
}

// rowOf is a row of the form read aloud. The value of a yes-or-no field says it
// alone.
func rowOf(t segment.Type, op segment.Operator) segment.Words {
	noun, value, words := nouns[t], valueOf(t, op.Shape()), op.Words()
	if op == segment.Is {
		return segment.Words{JA: noun.JA + " " + value.JA, EN: noun.EN + " " + value.EN}
	}
	if op.Shape() == segment.ShapeNone {
		return segment.Words{JA: noun.JA + words.JA, EN: noun.EN + " " + words.EN}
	}
	return segment.Words{JA: noun.JA + " " + value.JA + words.JA, EN: noun.EN + " " + words.EN + " " + value.EN}
}

func TestARowOfTheBuilderReadsAsASentence(t *testing.T) {
	offered := map[string]segment.Words{}
	for _, f := range catalog().Fields() {
		for _, op := range f.Operators {
			offered[string(f.Type)+" "+string(op)] = rowOf(f.Type, op)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(offered)) {
		if offered[key] != rows[key] {
			t.Errorf("%s reads %+v, want %+v", key, offered[key], rows[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if _, ok := offered[key]; !ok {
			t.Errorf("no field offers %s", key)
		}
	}
}
