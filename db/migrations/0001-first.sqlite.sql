create table "platform_company" (
  "id" text primary key not null, "name" text not null, "profile" text not null, "currency" text not null, "first_day" text not null, "locale" text not null,
  "taxpayer" text not null, "prices_include_tax" integer not null default 0, "negative_stock" text not null, "is_sample" integer not null default 0, "tax_no" text, "address" text,
  "phone" text, "bank_name" text, "bank_account" text, "created_at" integer not null, constraint "company_single" check ("id" in ('company')),
  constraint "company_profile" check ("profile" in ('cn-small', 'international')), constraint "company_taxpayer" check ("taxpayer" in ('small', 'general', 'none')),
  constraint "company_negative_stock" check ("negative_stock" in ('forbid', 'warn', 'allow')), check ("prices_include_tax" in (0, 1)), check ("is_sample" in (0, 1))
) strict
--> next statement
create table "platform_setting" (
  "key" text primary key not null, "value" text not null
) strict, without rowid
--> next statement
create table "platform_team" (
  "id" text primary key not null, "name" text not null, "manager_id" text, "parent_id" text,
  foreign key ("parent_id") references "platform_team" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_user" (
  "id" text primary key not null, "login" text not null, "name" text not null, "password_hash" text, "team_id" text, "locale" text not null, "is_active" integer not null default 0,
  "created_at" integer not null, check ("is_active" in (0, 1)), foreign key ("team_id") references "platform_team" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_role" (
  "id" text primary key not null, "code" text not null, "name_zh" text not null, "name_en" text not null, "is_builtin" integer not null default 0, check ("is_builtin" in (0, 1))
) strict
--> next statement
create table "platform_role_grant" (
  "role_id" text not null, "permission" text not null, "scope" text not null, primary key ("role_id", "permission"),
  constraint "grant_scope" check ("scope" in ('own', 'team', 'all')), foreign key ("role_id") references "platform_role" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_user_role" (
  "user_id" text not null, "role_id" text not null, primary key ("user_id", "role_id"), foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("role_id") references "platform_role" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_home" (
  "user_id" text primary key not null, "cards" text not null, foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_menu" (
  "key" text primary key not null, "definition" text not null
) strict, without rowid
--> next statement
create table "platform_session" (
  "token_hash" text primary key not null, "user_id" text not null, "desk" text not null, "created_at" integer not null, "expires_at" integer not null,
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_series" (
  "key" text primary key not null, "prefix" text not null, "digits" integer not null default 0, "restarts" text not null,
  constraint "series_restarts" check ("restarts" in ('year', 'month', 'never'))
) strict, without rowid
--> next statement
create table "platform_counter" (
  "key" text not null, "period" text not null, "last_no" integer not null default 0, primary key ("key", "period")
) strict, without rowid
--> next statement
create table "platform_audit" (
  "seq" integer primary key not null, "command_id" text not null, "name" text not null, "user_id" text, "desk" text not null, "at" integer not null, "today" text not null,
  "input" text not null, "answer" text not null, "changes_through" integer not null default 0
) strict
--> next statement
create table "platform_change" (
  "seq" integer primary key not null, "tbl" text not null, "op" text not null, "pk" text not null, "before" text, constraint "change_op" check ("op" in ('i', 'u', 'd'))
) strict
--> next statement
create table "platform_reference_count" (
  "id" text primary key not null, "changes" integer not null default 0, constraint "reference_count_single" check ("id" in ('reference'))
) strict
--> next statement
create table "platform_attachment" (
  "id" text primary key not null, "source_kind" text not null, "source_id" text not null, "sha256" text not null, "name" text not null, "mime" text not null,
  "size" integer not null default 0, "added_by" text, "added_at" integer not null
) strict
--> next statement
create table "platform_comment" (
  "id" text primary key not null, "source_kind" text not null, "source_id" text not null, "text" text, "written_by" text not null, "written_at" integer not null,
  "retracted_at" integer, foreign key ("written_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_mention" (
  "comment_id" text not null, "user_id" text not null, "seen_at" integer, primary key ("comment_id", "user_id"),
  foreign key ("comment_id") references "platform_comment" ("id") deferrable initially deferred,
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_search_doc" (
  "doc" integer primary key not null, "kind" text not null, "ref_id" text not null, "code" text, "title" text not null, "title_key" text not null, "texts" text not null
) strict
--> next statement
create table "platform_view" (
  "id" text primary key not null, "list" text not null, "name" text not null, "owner_id" text not null, "role_id" text, "definition" text not null,
  foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred, foreign key ("role_id") references "platform_role" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_view_choice" (
  "user_id" text not null, "list" text not null, "view_id" text not null, primary key ("user_id", "list"),
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred, foreign key ("view_id") references "platform_view" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_field" (
  "target" text not null, "key" text not null, "label" text not null, "kind" text not null, "choices" text not null, "link_kind" text, "formula" text,
  "is_required" integer not null default 0, "is_listed" integer not null default 0, "is_printed" integer not null default 0, "position" integer not null default 0,
  "is_active" integer not null default 0, primary key ("target", "key"), constraint "field_kind" check ("kind" in ('text', 'number', 'date', 'choice', 'link', 'formula')),
  check ("is_required" in (0, 1)), check ("is_listed" in (0, 1)), check ("is_printed" in (0, 1)), check ("is_active" in (0, 1))
) strict, without rowid
--> next statement
create table "platform_print_template" (
  "id" text primary key not null, "kind" text not null, "name" text not null, "definition" text not null
) strict
--> next statement
create table "platform_print_default" (
  "kind" text primary key not null, "template" text not null
) strict, without rowid
--> next statement
create table "platform_draft" (
  "user_id" text not null, "address" text not null, "subject" text not null, "body" text not null, "writer" text not null, "revision" integer not null default 0,
  "saved_at" integer not null, "taken_by" text, primary key ("user_id", "address"), foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "platform_approval" (
  "id" text primary key not null, "name" text not null, "input" text not null, "source_kind" text not null, "source_id" text not null, "title" text not null,
  "amount_minor" integer, "terms" text not null, "reasons" text not null, "permissions" text not null, "state" text not null, "asked_by" text not null, "asked_at" integer not null,
  "decided_by" text, "decided_at" integer, "note" text, "seen_at" integer,
  constraint "approval_state" check ("state" in ('pending', 'approved', 'by_rule', 'rejected', 'withdrawn', 'replaced')),
  constraint "approval_decided" check ((state = 'pending') = (decided_at is null)), foreign key ("asked_by") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("decided_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_erasure" (
  "id" text primary key not null, "subject_kind" text not null, "subject_id" text not null, "code" text not null, "label" text not null, "extent" text not null,
  "asked_by" text not null, "asked_on" text not null, "reference" text, "erased" integer not null default 0, "kept" integer not null default 0, "by_id" text not null,
  "at" integer not null, constraint "erasure_extent" check ("extent" in ('whole', 'part')),
  constraint "erasure_asked_by" check ("asked_by" in ('self', 'guardian', 'agent', 'heir', 'company')),
  foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_erased" (
  "id" text primary key not null, "erasure_id" text not null, "says" text not null, foreign key ("erasure_id") references "platform_erasure" ("id") deferrable initially deferred
) strict
--> next statement
create table "platform_erasing" (
  "id" text primary key not null
) strict
--> next statement
create table "parties_party" (
  "id" text primary key not null, "same_as" text not null, "parent_id" text, "chain_role" text, "code" text not null, "name" text not null, "name_key" text not null,
  "short_name" text, "kind" text not null, "is_customer" integer not null default 0, "is_supplier" integer not null default 0, "is_cash" integer not null default 0,
  "is_active" integer not null default 0, "phone" text, "phone_key" text, "email" text, "country" text, "price_level" text, "terms_days" integer not null default 0,
  "credit_limit_minor" integer, "tax_title" text, "tax_no" text, "tax_address" text, "tax_phone" text, "bank_name" text, "bank_account" text, "note" text,
  "extra" text not null default '{}', "created_at" integer not null, constraint "party_chain_role" check ("chain_role" in ('head', 'dealer', 'end')),
  constraint "party_parent" check (parent_id <> id), constraint "party_kind" check ("kind" in ('company', 'person')),
  constraint "party_merged" check (same_as = id or is_active = 0), check ("is_customer" in (0, 1)), check ("is_supplier" in (0, 1)), check ("is_cash" in (0, 1)),
  check ("is_active" in (0, 1)), foreign key ("same_as") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("parent_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "parties_alias" (
  "party_id" text not null, "name" text not null, "name_key" text not null, primary key ("party_id", "name"),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_contact" (
  "id" text primary key not null, "party_id" text not null, "name" text not null, "title" text, "phone" text, "phone_key" text, "email" text, "wechat" text,
  "is_primary" integer not null default 0, "note" text, check ("is_primary" in (0, 1)), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "parties_handle" (
  "party_id" text not null, "kind" text not null, "value" text not null, primary key ("party_id", "kind", "value"),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_address" (
  "id" text primary key not null, "party_id" text not null, "label" text not null, "recipient" text, "phone" text, "region" text, "street" text not null, "postcode" text,
  "is_default" integer not null default 0, check ("is_default" in (0, 1)), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "parties_assignment" (
  "party_id" text not null, "user_id" text not null, "from_day" text not null, "to_day" text, "seq" integer not null default 0, primary key ("party_id", "seq"),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_tag" (
  "party_id" text not null, "tag" text not null, primary key ("party_id", "tag"), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_likeness" (
  "key" text not null, "party_id" text not null, primary key ("key", "party_id"), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_alike" (
  "one_id" text not null, "other_id" text not null, "score" integer not null, "because" text not null, primary key ("one_id", "other_id"),
  constraint "alike_order" check (one_id < other_id), foreign key ("one_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("other_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_unweighed" (
  "party_id" text primary key not null, foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_quality" (
  "day" text primary key not null, "total" integer not null default 0, "faultless" integer not null default 0
) strict
--> next statement
create table "parties_distinct" (
  "one_id" text not null, "other_id" text not null, "user_id" text not null, "at" integer not null, primary key ("one_id", "other_id"),
  constraint "distinct_order" check (one_id < other_id), foreign key ("one_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("other_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "parties_merge" (
  "id" text primary key not null, "winner_id" text not null, "loser_id" text not null, "merged_by" text not null, "merged_at" integer not null, "reason" text, "parted_by" text,
  "parted_at" integer, constraint "merge_two" check (winner_id <> loser_id), constraint "merge_parted" check ((parted_by is null) = (parted_at is null)),
  foreign key ("winner_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("loser_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("merged_by") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("parted_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "parties_merge_row" (
  "merge_id" text not null, "seq" integer not null default 0, "table_name" text not null, "key" text not null, "before" text not null, "after" text not null,
  primary key ("merge_id", "seq"), foreign key ("merge_id") references "parties_merge" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "catalog_category" (
  "id" text primary key not null, "name" text not null, "code" text, "parent_id" text, foreign key ("parent_id") references "catalog_category" ("id") deferrable initially deferred
) strict
--> next statement
create table "catalog_tax_code" (
  "code" text primary key not null, "name_zh" text not null, "name_en" text not null, "is_active" integer not null default 0, check ("is_active" in (0, 1))
) strict, without rowid
--> next statement
create table "catalog_tax_rate" (
  "tax_code" text not null, "taxpayer" text not null, "from_day" text not null, "to_day" text, "rate_e8" integer not null default 0, "source" text,
  primary key ("tax_code", "taxpayer", "from_day"), constraint "tax_rate_taxpayer" check ("taxpayer" in ('small', 'general', 'none')),
  foreign key ("tax_code") references "catalog_tax_code" ("code") deferrable initially deferred
) strict, without rowid
--> next statement
create table "catalog_item" (
  "id" text primary key not null, "code" text not null, "name" text not null, "spec" text, "kind" text not null, "category_id" text, "base_unit" text not null, "tax_code" text,
  "costing" text not null, "price_e4" integer not null default 0, "floor_price_e4" integer not null default 0, "minimum_e6" integer not null default 0,
  "is_active" integer not null default 0, "note" text, "extra" text not null default '{}', "created_at" integer not null,
  constraint "item_kind" check ("kind" in ('stocked', 'service')), constraint "item_costing" check ("costing" in ('average', 'fifo')), check ("is_active" in (0, 1)),
  foreign key ("category_id") references "catalog_category" ("id") deferrable initially deferred,
  foreign key ("tax_code") references "catalog_tax_code" ("code") deferrable initially deferred
) strict
--> next statement
create table "catalog_unit" (
  "item_id" text not null, "name" text not null, "numerator" integer not null default 0, "denominator" integer not null default 0, primary key ("item_id", "name"),
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "catalog_barcode" (
  "barcode" text primary key not null, "item_id" text not null, "unit" text not null, foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "catalog_price_list" (
  "id" text primary key not null, "name" text not null, "level" text, "from_day" text, "to_day" text, "priority" integer not null default 0, "is_active" integer not null default 0,
  check ("is_active" in (0, 1))
) strict
--> next statement
create table "catalog_price" (
  "list_id" text not null, "item_id" text not null, "unit" text not null, "min_quantity_e6" integer not null default 0, "price_e4" integer not null default 0,
  primary key ("list_id", "item_id", "unit", "min_quantity_e6"), foreign key ("list_id") references "catalog_price_list" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "accounting_account" (
  "id" text primary key not null, "code" text not null, "name_zh" text not null, "name_en" text not null, "class" text not null, "direction" text not null, "parent_id" text,
  "control" text, "is_active" integer not null default 0, "allows_manual" integer not null default 0,
  constraint "account_class" check ("class" in ('asset', 'liability', 'equity', 'cost', 'income', 'expense')),
  constraint "account_direction" check ("direction" in ('debit', 'credit')), check ("is_active" in (0, 1)), check ("allows_manual" in (0, 1)),
  foreign key ("parent_id") references "accounting_account" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_role" (
  "role" text primary key not null, "account_id" text not null, foreign key ("account_id") references "accounting_account" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "accounting_lock" (
  "id" text primary key not null, "locked_through" text not null, constraint "lock_single" check ("id" in ('lock'))
) strict
--> next statement
create table "accounting_lock_event" (
  "id" text primary key not null, "locked_through" text not null, "previous" text not null, "reason" text, "user_id" text not null, "at" integer not null
) strict
--> next statement
create table "accounting_entry" (
  "id" text primary key not null, "word" text not null, "period" text not null, "number" integer not null default 0, "day" text not null, "kind" text not null,
  "summary" text not null, "source_kind" text, "source_id" text, "source_number" text, "reverses_id" text, "total_minor" integer not null default 0,
  "attachments" integer not null default 0, "posted_by" text not null, "posted_at" integer not null,
  constraint "entry_kind" check ("kind" in ('document', 'manual', 'opening', 'accrual', 'adjustment', 'reversal')),
  foreign key ("reverses_id") references "accounting_entry" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_line" (
  "entry_id" text not null, "line_no" integer not null, "day" text not null, "account_id" text not null, "party_id" text, "debit_minor" integer not null default 0,
  "credit_minor" integer not null default 0, "summary" text, primary key ("entry_id", "line_no"),
  constraint "line_sides" check ((debit_minor = 0) <> (credit_minor = 0) or (debit_minor = 0 and credit_minor = 0)),
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("account_id") references "accounting_account" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "accounting_balance" (
  "account_id" text not null, "period" text not null, "debit_minor" integer not null default 0, "credit_minor" integer not null default 0, primary key ("account_id", "period"),
  foreign key ("account_id") references "accounting_account" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "accounting_review" (
  "id" text primary key not null, "entry_id" text not null, "user_id" text not null, "at" integer not null, "note" text,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_payment_method" (
  "code" text primary key not null, "name_zh" text not null, "name_en" text not null, "account_id" text not null, "is_active" integer not null default 0,
  "position" integer not null default 0, check ("is_active" in (0, 1)), foreign key ("account_id") references "accounting_account" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "accounting_payment" (
  "id" text primary key not null, "number" text not null, "kind" text not null, "party_id" text not null, "party_name" text not null, "day" text not null, "method" text not null,
  "amount_minor" integer not null default 0, "note" text, "reference" text, "source_kind" text, "source_id" text, "reverses_id" text, "entry_id" text not null,
  "created_by" text not null, "created_at" integer not null, constraint "payment_kind" check ("kind" in ('receipt', 'refund', 'payment', 'supplier_refund')),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("method") references "accounting_payment_method" ("code") deferrable initially deferred,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "accounting_payment" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_open_item" (
  "id" text primary key not null, "side" text not null, "party_id" text not null, "account_id" text not null, "source_kind" text not null, "source_id" text not null,
  "number" text not null, "day" text not null, "due_on" text not null, "amount_minor" integer not null default 0, "settled_minor" integer not null default 0,
  constraint "open_item_side" check ("side" in ('receivable', 'payable')), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("account_id") references "accounting_account" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_allocation" (
  "id" text primary key not null, "positive_id" text not null, "negative_id" text not null, "day" text not null, "amount_minor" integer not null default 0,
  "discount_minor" integer not null default 0, "undoes_id" text, "is_final" integer not null default 0, "entry_id" text, "created_by" text not null, "created_at" integer not null,
  check ("is_final" in (0, 1)), foreign key ("positive_id") references "accounting_open_item" ("id") deferrable initially deferred,
  foreign key ("negative_id") references "accounting_open_item" ("id") deferrable initially deferred,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("undoes_id") references "accounting_allocation" ("id") deferrable initially deferred
) strict
--> next statement
create table "accounting_voucher_draft" (
  "id" text primary key not null, "day" text not null, "summary" text not null, "attachments" integer not null default 0, "lines" text not null, "created_by" text not null,
  "created_at" integer not null
) strict
--> next statement
create table "inventory_warehouse" (
  "id" text primary key not null, "code" text not null, "name" text not null, "negative_stock" text not null, "is_default" integer not null default 0,
  "is_active" integer not null default 0, constraint "warehouse_negative_stock" check ("negative_stock" in ('inherit', 'forbid', 'warn', 'allow')), check ("is_default" in (0, 1)),
  check ("is_active" in (0, 1))
) strict
--> next statement
create table "inventory_location" (
  "id" text primary key not null, "warehouse_id" text, "kind" text not null, "code" text not null, "name" text not null, "is_default" integer not null default 0,
  "is_active" integer not null default 0, constraint "location_kind" check ("kind" in ('internal', 'supplier', 'customer', 'loss', 'opening', 'production')),
  check ("is_default" in (0, 1)), check ("is_active" in (0, 1)), foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred
) strict
--> next statement
create table "inventory_move" (
  "seq" integer primary key not null, "day" text not null, "item_id" text not null, "from_location_id" text not null, "to_location_id" text not null,
  "quantity_e6" integer not null default 0, "value_minor" integer not null default 0, "kind" text not null, "cost_basis" text not null, "original_seq" integer,
  "counter_account_id" text, "source_kind" text not null, "source_id" text not null, "source_line_no" integer not null default 0, "entry_id" text, "posted_at" integer not null,
  constraint "move_kind" check ("kind" in ('in', 'out', 'transfer', 'adjustment')),
  constraint "move_cost_basis" check ("cost_basis" in ('given', 'current', 'original', 'computed')),
  constraint "move_quantity" check (quantity_e6 >= 0 and (kind = 'adjustment') = (quantity_e6 = 0)),
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("from_location_id") references "inventory_location" ("id") deferrable initially deferred,
  foreign key ("to_location_id") references "inventory_location" ("id") deferrable initially deferred,
  foreign key ("counter_account_id") references "accounting_account" ("id") deferrable initially deferred,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("original_seq") references "inventory_move" ("seq") deferrable initially deferred
) strict
--> next statement
create table "inventory_pool" (
  "item_id" text primary key not null, "quantity_e6" integer not null default 0, "value_minor" integer not null default 0, "last_cost_quantity_e6" integer not null default 0,
  "last_cost_value_minor" integer not null default 0, "last_day" text not null, "last_seq" integer not null,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "inventory_layer" (
  "item_id" text not null, "day" text not null, "seq" integer not null, "quantity_e6" integer not null default 0, "value_minor" integer not null default 0,
  primary key ("item_id", "day", "seq"), foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "inventory_stock" (
  "item_id" text not null, "location_id" text not null, "on_hand_e6" integer not null default 0, "reserved_e6" integer not null default 0, "incoming_e6" integer not null default 0,
  primary key ("item_id", "location_id"), foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("location_id") references "inventory_location" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "inventory_plan" (
  "id" text primary key not null, "direction" text not null, "item_id" text not null, "location_id" text not null, "quantity_e6" integer not null default 0,
  "reserved_e6" integer not null default 0, "due_on" text not null, "source_kind" text not null, "source_id" text not null, "source_line_no" integer not null default 0,
  "planned_at" integer not null, constraint "plan_direction" check ("direction" in ('in', 'out')),
  constraint "plan_quantities" check (quantity_e6 >= 0 and reserved_e6 >= 0 and reserved_e6 <= quantity_e6),
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("location_id") references "inventory_location" ("id") deferrable initially deferred
) strict
--> next statement
create table "inventory_adjustment" (
  "id" text primary key not null, "number" text not null, "kind" text not null, "day" text not null, "reverses_id" text, "entry_id" text, "created_by" text not null,
  "created_at" integer not null, "warehouse_id" text not null, "reason" text not null, "reference" text,
  constraint "adjustment_kind" check ("kind" in ('opening', 'adjustment', 'memo')), foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "inventory_adjustment" ("id") deferrable initially deferred
) strict
--> next statement
create table "inventory_adjustment_line" (
  "adjustment_id" text not null, "line_no" integer not null, "item_id" text not null, "quantity_e6" integer not null default 0, "value_minor" integer not null default 0,
  "note" text, primary key ("adjustment_id", "line_no"), foreign key ("adjustment_id") references "inventory_adjustment" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "inventory_transfer" (
  "id" text primary key not null, "number" text not null, "day" text not null, "from_location_id" text not null, "to_location_id" text not null, "note" text,
  "created_by" text not null, "created_at" integer not null, foreign key ("from_location_id") references "inventory_location" ("id") deferrable initially deferred,
  foreign key ("to_location_id") references "inventory_location" ("id") deferrable initially deferred
) strict
--> next statement
create table "promotions_promotion" (
  "id" text primary key not null, "name" text not null, "kind" text not null, "state" text not null, "owner_id" text not null, "from_at" integer not null, "to_at" integer not null,
  "note" text, "list_id" text, "item_id" text, "warehouse_id" text, "price_e4" integer not null default 0, "quota_e6" integer not null default 0,
  "most_each_e6" integer not null default 0, "off_minor" integer not null default 0, "off_rate_e8" integer not null default 0, "least_minor" integer not null default 0,
  "paused_why" text, "ended_why" text, "created_by" text not null, "created_at" integer not null, constraint "promotion_kind" check ("kind" in ('price', 'flash', 'coupon')),
  constraint "promotion_state" check ("state" in ('draft', 'running', 'paused', 'ended')), constraint "promotion_time" check (from_at < to_at),
  constraint "promotion_is" check ((kind = 'price') = (list_id is not null) and (kind = 'flash') = (item_id is not null) and (kind = 'flash') = (warehouse_id is not null)),
  constraint "promotion_paused" check ((state = 'paused') = (paused_why is not null)), constraint "promotion_ended" check ((state = 'ended') = (ended_why is not null)),
  foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("list_id") references "catalog_price_list" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred
) strict
--> next statement
create table "promotions_guard" (
  "promotion_id" text not null, "item_id" text not null, "level_e6" integer not null default 0, primary key ("promotion_id", "item_id"),
  foreign key ("promotion_id") references "promotions_promotion" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "promotions_claim" (
  "id" text primary key not null, "promotion_id" text not null, "party_id" text not null, "source_kind" text not null, "source_id" text not null,
  "source_line_no" integer not null default 0, "quantity_e6" integer not null default 0, "day" text not null, "at" integer not null, "user_id" text not null,
  foreign key ("promotion_id") references "promotions_promotion" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "promotions_coupon" (
  "id" text primary key not null, "promotion_id" text not null, "code" text not null, "party_id" text, "most_uses" integer not null, "issued_at" integer not null,
  foreign key ("promotion_id") references "promotions_promotion" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "promotions_coupon_use" (
  "id" text primary key not null, "coupon_id" text not null, "party_id" text not null, "source_kind" text not null, "source_id" text not null,
  "amount_minor" integer not null default 0, "day" text not null, "at" integer not null, "undone_at" integer,
  foreign key ("coupon_id") references "promotions_coupon" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "sales_quote" (
  "id" text primary key not null, "number" text, "party_id" text not null, "party_snapshot" text not null, "day" text not null, "currency" text not null,
  "prices_include_tax" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0, "gross_minor" integer not null default 0,
  "discount_minor" integer not null default 0, "salesperson_id" text, "note" text, "extra" text not null default '{}', "created_by" text not null, "created_at" integer not null,
  "state" text not null, "version" integer not null default 0, "previous_id" text, "valid_until" text, "lost_reason" text,
  constraint "quote_state" check ("state" in ('draft', 'sent', 'won', 'lost', 'replaced')), check ("prices_include_tax" in (0, 1)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("previous_id") references "sales_quote" ("id") deferrable initially deferred
) strict
--> next statement
create table "sales_quote_line" (
  "quote_id" text not null, "line_no" integer not null, "item_id" text not null, "description" text, "unit" text not null, "unit_numerator" integer not null default 0,
  "unit_denominator" integer not null default 0, "quantity_e6" integer not null default 0, "base_quantity_e6" integer not null default 0, "price_e4" integer not null default 0,
  "tax_code" text, "tax_rate_e8" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0,
  "gross_minor" integer not null default 0, "discount_rate_e8" integer not null default 0, "discount_minor" integer not null default 0,
  "order_discount_minor" integer not null default 0, "promotion_id" text, primary key ("quote_id", "line_no"),
  foreign key ("quote_id") references "sales_quote" ("id") deferrable initially deferred, foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_order" (
  "id" text primary key not null, "number" text, "party_id" text not null, "party_snapshot" text not null, "day" text not null, "currency" text not null,
  "prices_include_tax" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0, "gross_minor" integer not null default 0,
  "discount_minor" integer not null default 0, "salesperson_id" text, "note" text, "extra" text not null default '{}', "created_by" text not null, "created_at" integer not null,
  "state" text not null, "quote_id" text, "warehouse_id" text not null, "wanted_on" text, "promised_on" text, "ship_to" text, "customer_reference" text, "coupon_code" text,
  "coupon_minor" integer not null default 0, "confirmed_at" integer, "confirmed_by" text, "revision" integer not null default 0,
  constraint "order_state" check ("state" in ('draft', 'confirmed', 'closed', 'cancelled')), check ("prices_include_tax" in (0, 1)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("quote_id") references "sales_quote" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred
) strict
--> next statement
create table "sales_order_line" (
  "order_id" text not null, "line_no" integer not null, "item_id" text not null, "description" text, "unit" text not null, "unit_numerator" integer not null default 0,
  "unit_denominator" integer not null default 0, "quantity_e6" integer not null default 0, "base_quantity_e6" integer not null default 0, "price_e4" integer not null default 0,
  "tax_code" text, "tax_rate_e8" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0,
  "gross_minor" integer not null default 0, "discount_rate_e8" integer not null default 0, "discount_minor" integer not null default 0,
  "order_discount_minor" integer not null default 0, "promotion_id" text, "closed_e6" integer not null default 0, "promised_on" text, primary key ("order_id", "line_no"),
  foreign key ("order_id") references "sales_order" ("id") deferrable initially deferred, foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_order_revision" (
  "order_id" text not null, "revision" integer not null default 0, "before" text not null, "reason" text, "user_id" text not null, "at" integer not null,
  primary key ("order_id", "revision"), foreign key ("order_id") references "sales_order" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_delivery" (
  "id" text primary key not null, "number" text not null, "kind" text not null, "day" text not null, "reverses_id" text, "entry_id" text, "created_by" text not null,
  "created_at" integer not null, "party_id" text not null, "party_snapshot" text not null, "order_id" text, "warehouse_id" text not null, "is_direct" integer not null default 0,
  "ship_to" text, "tracking" text, "note" text, constraint "delivery_kind" check ("kind" in ('delivery', 'return', 'reversal')), check ("is_direct" in (0, 1)),
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("order_id") references "sales_order" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "sales_delivery" ("id") deferrable initially deferred
) strict
--> next statement
create table "sales_delivery_line" (
  "delivery_id" text not null, "line_no" integer not null, "item_id" text not null, "description" text, "unit" text not null, "unit_numerator" integer not null default 0,
  "unit_denominator" integer not null default 0, "quantity_e6" integer not null default 0, "base_quantity_e6" integer not null default 0, "order_id" text, "order_line_no" integer,
  "original_id" text, "original_line_no" integer, "disposition" text, primary key ("delivery_id", "line_no"),
  constraint "delivery_line_disposition" check (disposition is null or disposition in ('restock', 'scrap')),
  foreign key ("delivery_id") references "sales_delivery" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("order_id", "order_line_no") references "sales_order_line" ("order_id", "line_no") deferrable initially deferred,
  foreign key ("original_id", "original_line_no") references "sales_delivery_line" ("delivery_id", "line_no") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_invoice" (
  "id" text primary key not null, "number" text not null, "party_id" text not null, "party_snapshot" text not null, "day" text not null, "currency" text not null,
  "prices_include_tax" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0, "gross_minor" integer not null default 0,
  "discount_minor" integer not null default 0, "salesperson_id" text, "note" text, "extra" text not null default '{}', "created_by" text not null, "created_at" integer not null,
  "kind" text not null, "reverses_id" text, "entry_id" text, "due_on" text not null, "order_id" text, "original_id" text, "reference" text,
  constraint "invoice_kind" check ("kind" in ('invoice', 'credit_note', 'reversal')), check ("prices_include_tax" in (0, 1)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("order_id") references "sales_order" ("id") deferrable initially deferred,
  foreign key ("original_id") references "sales_invoice" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "sales_invoice" ("id") deferrable initially deferred
) strict
--> next statement
create table "sales_invoice_line" (
  "invoice_id" text not null, "line_no" integer not null, "item_id" text not null, "description" text, "unit" text not null, "unit_numerator" integer not null default 0,
  "unit_denominator" integer not null default 0, "quantity_e6" integer not null default 0, "base_quantity_e6" integer not null default 0, "price_e4" integer not null default 0,
  "tax_code" text, "tax_rate_e8" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0,
  "gross_minor" integer not null default 0, "discount_rate_e8" integer not null default 0, "discount_minor" integer not null default 0,
  "order_discount_minor" integer not null default 0, "promotion_id" text, "order_id" text, "order_line_no" integer, "original_id" text, "original_line_no" integer,
  "delivery_id" text, "delivery_line_no" integer, "cost_minor" integer not null default 0, primary key ("invoice_id", "line_no"),
  foreign key ("invoice_id") references "sales_invoice" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("order_id", "order_line_no") references "sales_order_line" ("order_id", "line_no") deferrable initially deferred,
  foreign key ("delivery_id", "delivery_line_no") references "sales_delivery_line" ("delivery_id", "line_no") deferrable initially deferred,
  foreign key ("original_id", "original_line_no") references "sales_invoice_line" ("invoice_id", "line_no") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_accrual" (
  "delivery_id" text not null, "delivery_line_no" integer not null, "seq" integer not null default 0, "day" text not null, "cost_minor" integer not null default 0,
  "entry_id" text not null, "quantity_e6" integer not null default 0, "revenue_minor" integer not null default 0, primary key ("delivery_id", "delivery_line_no", "seq"),
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("delivery_id", "delivery_line_no") references "sales_delivery_line" ("delivery_id", "line_no") deferrable initially deferred
) strict, without rowid
--> next statement
create table "sales_cost_shift" (
  "delivery_id" text not null, "delivery_line_no" integer not null, "seq" integer not null default 0, "day" text not null, "cost_minor" integer not null default 0,
  "entry_id" text not null, primary key ("delivery_id", "delivery_line_no", "seq"), foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("delivery_id", "delivery_line_no") references "sales_delivery_line" ("delivery_id", "line_no") deferrable initially deferred
) strict, without rowid
--> next statement
create table "purchasing_bill" (
  "id" text primary key not null, "number" text not null, "kind" text not null, "day" text not null, "reverses_id" text, "entry_id" text, "created_by" text not null,
  "created_at" integer not null, "party_id" text not null, "party_snapshot" text not null, "currency" text not null, "prices_include_tax" integer not null default 0,
  "net_minor" integer not null default 0, "tax_minor" integer not null default 0, "gross_minor" integer not null default 0, "supplier_reference" text, "warehouse_id" text not null,
  "due_on" text not null, "note" text, "extra" text not null default '{}', "late_cost_of_id" text, constraint "bill_kind" check ("kind" in ('bill', 'late_cost', 'reversal')),
  check ("prices_include_tax" in (0, 1)), foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "purchasing_bill" ("id") deferrable initially deferred,
  foreign key ("late_cost_of_id") references "purchasing_bill" ("id") deferrable initially deferred
) strict
--> next statement
create table "purchasing_bill_line" (
  "bill_id" text not null, "line_no" integer not null, "item_id" text not null, "description" text, "unit" text not null, "unit_numerator" integer not null default 0,
  "unit_denominator" integer not null default 0, "quantity_e6" integer not null default 0, "base_quantity_e6" integer not null default 0, "price_e4" integer not null default 0,
  "tax_code" text, "tax_rate_e8" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0,
  "gross_minor" integer not null default 0, "cost_minor" integer not null default 0, primary key ("bill_id", "line_no"),
  foreign key ("bill_id") references "purchasing_bill" ("id") deferrable initially deferred, foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_lead" (
  "id" text primary key not null, "code" text not null, "name" text, "name_key" text, "company" text, "company_key" text, "title" text, "phone" text, "phone_key" text,
  "email" text, "wechat" text, "tax_no" text, "address" text, "source" text, "campaign" text, "referrer_id" text, "note" text, "extra" text not null default '{}',
  "state" text not null, "lost_reason" text, "owner_id" text, "owned_since" text, "party_id" text, "converted_on" text, "created_by" text not null, "created_on" text not null,
  "created_at" integer not null, constraint "lead_state" check ("state" in ('new', 'working', 'converted', 'lost')),
  constraint "lead_named" check (name is not null or company is not null), foreign key ("referrer_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred, foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_lead_likeness" (
  "key" text not null, "lead_id" text not null, primary key ("key", "lead_id"), foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_stage" (
  "id" text primary key not null, "position" integer not null default 0, "name_zh" text not null, "name_en" text not null, "probability_e8" integer not null default 0,
  "required_fields" text not null, "is_active" integer not null default 0, check ("is_active" in (0, 1))
) strict
--> next statement
create table "crm_competitor" (
  "id" text primary key not null, "name" text not null, "name_key" text not null, "strengths" text, "is_active" integer not null default 0, check ("is_active" in (0, 1))
) strict
--> next statement
create table "crm_opportunity" (
  "id" text primary key not null, "number" text not null, "name" text not null, "party_id" text not null, "lead_id" text, "stage_id" text not null, "state" text not null,
  "amount_minor" integer not null default 0, "expected_on" text, "contact_name" text, "owner_id" text not null, "note" text, "close_reason" text, "lost_to_id" text,
  "closed_on" text, "stage_since" text not null, "created_by" text not null, "created_on" text not null, "created_at" integer not null,
  constraint "opportunity_state" check ("state" in ('open', 'won', 'lost')), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred, foreign key ("stage_id") references "crm_stage" ("id") deferrable initially deferred,
  foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("lost_to_id") references "crm_competitor" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_opportunity_line" (
  "opportunity_id" text not null, "line_no" integer not null default 0, "item_id" text not null, "unit" text not null, "quantity_e6" integer not null default 0,
  "price_e4" integer not null default 0, primary key ("opportunity_id", "line_no"),
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_rival" (
  "opportunity_id" text not null, "competitor_id" text not null, "note" text, primary key ("opportunity_id", "competitor_id"),
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("competitor_id") references "crm_competitor" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_stage_move" (
  "opportunity_id" text not null, "seq" integer not null default 0, "stage_id" text not null, "state" text not null, "day" text not null, "at" integer not null,
  "user_id" text not null, primary key ("opportunity_id", "seq"), foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("stage_id") references "crm_stage" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_opportunity_document" (
  "opportunity_id" text not null, "source_kind" text not null, "source_id" text not null, primary key ("opportunity_id", "source_kind", "source_id"),
  constraint "opportunity_document_kind" check ("source_kind" in ('sales.quote', 'sales.order')),
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "crm_activity" (
  "id" text primary key not null, "party_id" text, "lead_id" text, "opportunity_id" text, "kind" text not null, "channel" text, "contact_name" text, "day" text not null,
  "minute" integer, "text" text not null, "result" text, "user_id" text not null, "created_at" integer not null, "is_withdrawn" integer not null default 0, "withdrawn_reason" text,
  constraint "activity_about" check (party_id is not null or lead_id is not null), constraint "activity_kind" check ("kind" in ('call', 'visit', 'message', 'email', 'note')),
  constraint "activity_channel" check ("channel" in ('phone', 'in_person', 'wechat', 'sms', 'qq', 'whatsapp', 'email', 'other')),
  constraint "activity_result" check ("result" in ('reached', 'no_answer', 'interested', 'promised', 'not_now', 'declined')),
  constraint "activity_minute" check (minute between 0 and 1439), check ("is_withdrawn" in (0, 1)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred,
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_task" (
  "id" text primary key not null, "kind" text not null, "title" text not null, "note" text, "party_id" text, "lead_id" text, "opportunity_id" text, "activity_id" text,
  "assignee_id" text not null, "due_on" text not null, "minute" integer, "stop_no" integer, "arrived_at" integer, "arrived_note" text, "priority" integer not null,
  "state" text not null, "done_at" integer, "done_by" text, "done_activity_id" text, "created_by" text not null, "created_at" integer not null,
  constraint "task_kind" check ("kind" in ('call', 'visit', 'message', 'email', 'todo')), constraint "task_state" check ("state" in ('open', 'done', 'dropped')),
  constraint "task_priority" check (priority between 1 and 3), constraint "task_minute" check (minute between 0 and 1439),
  constraint "task_route" check (kind = 'visit' or (stop_no is null and arrived_at is null and arrived_note is null)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred,
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("activity_id") references "crm_activity" ("id") deferrable initially deferred,
  foreign key ("assignee_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("done_activity_id") references "crm_activity" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_score_rule" (
  "id" text primary key not null, "position" integer not null default 0, "fact" text not null, "word" text, "number" integer, "points" integer not null,
  "is_active" integer not null default 0, constraint "score_rule_points" check (points between -1000 and 1000), check ("is_active" in (0, 1))
) strict
--> next statement
create table "crm_routing_rule" (
  "id" text primary key not null, "position" integer not null default 0, "name" text not null, "source" text, "region" text, "word" text, "method" text not null, "user_id" text,
  "team_id" text, "last_user_id" text, "is_active" integer not null default 0, constraint "routing_rule_method" check ("method" in ('person', 'in_turn', 'least_load')),
  constraint "routing_rule_to" check ((method = 'person') = (user_id is not null) and (method = 'person') = (team_id is null)), check ("is_active" in (0, 1)),
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred, foreign key ("team_id") references "platform_team" ("id") deferrable initially deferred,
  foreign key ("last_user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_pool_move" (
  "id" text primary key not null, "party_id" text, "lead_id" text, "why" text not null, "from_user_id" text, "to_user_id" text, "reason" text, "day" text not null,
  "at" integer not null, "by_id" text not null, constraint "pool_move_why" check ("why" in ('claim', 'assign', 'return', 'recycle', 'hand_over', 'route')),
  constraint "pool_move_about" check ((party_id is null) <> (lead_id is null)), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred, foreign key ("from_user_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("to_user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "crm_protection" (
  "id" text primary key not null, "party_id" text, "lead_id" text, "until_on" text, "reason" text not null, "by_id" text not null, "at" integer not null,
  constraint "protection_about" check ((party_id is null) <> (lead_id is null)), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("lead_id") references "crm_lead" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_class" (
  "id" text primary key not null, "name_zh" text not null, "name_en" text not null, "kind" text not null, "priority" integer not null, "rule" text not null, "team_id" text,
  "is_active" integer not null default 0, constraint "class_kind" check ("kind" in ('complaint', 'service')),
  constraint "class_rule" check ("rule" in ('none', 'round_robin', 'least_load', 'owner')), constraint "class_priority" check (priority between 1 and 3),
  check ("is_active" in (0, 1)), foreign key ("team_id") references "platform_team" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_ticket" (
  "id" text primary key not null, "number" text not null, "class_id" text not null, "subject" text not null, "text" text, "party_id" text not null, "contact_name" text,
  "contact_phone" text, "item_id" text, "priority" integer not null, "state" text not null, "assignee_id" text, "respond_due_at" integer not null,
  "resolve_due_at" integer not null, "responded_at" integer, "resolved_at" integer, "waiting_since" integer, "waited_minutes" integer not null default 0, "solution" text,
  "closing_reason" text, "closed_at" integer, "confirmed_by" text, "confirmed_at" integer, "score" integer, "score_text" text, "escalated_at" integer, "escalated_to_id" text,
  "merged_into_id" text, "created_by" text not null, "created_on" text not null, "created_at" integer not null,
  constraint "ticket_state" check ("state" in ('new', 'working', 'waiting', 'solved', 'closed', 'merged')), constraint "ticket_priority" check (priority between 1 and 3),
  constraint "ticket_score" check (score between 1 and 5), foreign key ("class_id") references "service_class" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred,
  foreign key ("assignee_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("escalated_to_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("created_by") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("merged_into_id") references "service_ticket" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_step" (
  "ticket_id" text not null, "seq" integer not null default 0, "kind" text not null, "state" text not null, "assignee_id" text, "text" text, "at" integer not null,
  "by_id" text not null, primary key ("ticket_id", "seq"),
  constraint "step_kind" check ("kind" in ('open', 'dealt', 'assign', 'change', 'answer', 'note', 'wait', 'resume', 'solve', 'close', 'reopen', 'escalate', 'merge')),
  foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred,
  foreign key ("assignee_id") references "platform_user" ("id") deferrable initially deferred, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "service_document" (
  "ticket_id" text not null, "source_kind" text not null, "source_id" text not null, primary key ("ticket_id", "source_kind", "source_id"),
  constraint "document_kind" check ("source_kind" in ('sales.order', 'sales.delivery', 'sales.invoice', 'accounting.payment')),
  foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "service_parts" (
  "id" text primary key not null, "number" text not null, "kind" text not null, "day" text not null, "reverses_id" text, "entry_id" text, "created_by" text not null,
  "created_at" integer not null, "ticket_id" text not null, "warehouse_id" text not null, "engineer_id" text not null, "note" text,
  constraint "parts_kind" check ("kind" in ('use', 'reversal')), foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred,
  foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred,
  foreign key ("warehouse_id") references "inventory_warehouse" ("id") deferrable initially deferred,
  foreign key ("engineer_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("reverses_id") references "service_parts" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_parts_line" (
  "parts_id" text not null, "line_no" integer not null default 0, "item_id" text not null, "unit" text not null, "quantity_e6" integer not null default 0,
  "base_quantity_e6" integer not null default 0, primary key ("parts_id", "line_no"), foreign key ("parts_id") references "service_parts" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "service_labour" (
  "id" text primary key not null, "ticket_id" text not null, "user_id" text not null, "day" text not null, "minutes" integer not null default 0,
  "cost_minor" integer not null default 0, "note" text, "is_withdrawn" integer not null default 0, "created_by" text not null, "created_at" integer not null,
  constraint "labour_minutes" check (minutes > 0), check ("is_withdrawn" in (0, 1)), foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred,
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_refund" (
  "id" text primary key not null, "ticket_id" text not null, "invoice_id" text not null, "state" text not null, "reason" text not null, "asked_by" text not null,
  "asked_at" integer not null, "decided_by" text, "decided_at" integer, "decline_reason" text, "credit_note_id" text, "payment_id" text,
  constraint "refund_state" check ("state" in ('asked', 'posted', 'declined')), foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred,
  foreign key ("invoice_id") references "sales_invoice" ("id") deferrable initially deferred,
  foreign key ("asked_by") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("decided_by") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("credit_note_id") references "sales_invoice" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_refund_line" (
  "refund_id" text not null, "invoice_line_no" integer not null default 0, "amount_minor" integer not null default 0, primary key ("refund_id", "invoice_line_no"),
  foreign key ("refund_id") references "service_refund" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "service_template" (
  "id" text primary key not null, "name" text not null, "class_id" text, "text" text not null, "is_active" integer not null default 0, check ("is_active" in (0, 1)),
  foreign key ("class_id") references "service_class" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_feedback" (
  "id" text primary key not null, "number" text not null, "item_id" text, "title" text not null, "text" text, "priority" integer not null, "state" text not null, "outcome" text,
  "decided_by" text, "decided_on" text, "created_by" text not null, "created_on" text not null,
  constraint "feedback_state" check ("state" in ('open', 'planned', 'done', 'declined')), constraint "feedback_priority" check (priority between 1 and 3),
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred, foreign key ("decided_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "service_feedback_ticket" (
  "feedback_id" text not null, "ticket_id" text not null, primary key ("feedback_id", "ticket_id"),
  foreign key ("feedback_id") references "service_feedback" ("id") deferrable initially deferred,
  foreign key ("ticket_id") references "service_ticket" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "credit_release" (
  "id" text primary key not null, "party_id" text not null, "until_on" text not null, "reason" text not null, "released_on" text not null, "by_id" text not null,
  "at" integer not null, "ended_at" integer, "ended_by" text, constraint "release_ended" check ((ended_at is null) = (ended_by is null)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("ended_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "credit_limit_change" (
  "id" text primary key not null, "party_id" text not null, "seq" integer not null default 0, "before_minor" integer, "after_minor" integer, "how" text not null, "reason" text,
  "facts" text not null, "holds_until" text, "day" text not null, "by_id" text not null, "at" integer not null,
  constraint "limit_change_how" check ("how" in ('rule', 'manual', 'form')), constraint "limit_change_reason" check (how <> 'manual' or reason is not null),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "credit_dunning" (
  "id" text primary key not null, "number" text not null, "party_id" text not null, "level" integer not null default 0, "day" text not null, "pay_by" text not null,
  "total_minor" integer not null default 0, "interest_minor" integer not null default 0, "interest_rate_e8" integer not null default 0, "note" text, "by_id" text not null,
  "at" integer not null, constraint "dunning_level" check (level between 1 and 3), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "credit_dunning_line" (
  "dunning_id" text not null, "line_no" integer not null default 0, "open_item_id" text not null, "number" text not null, "day" text not null, "due_on" text not null,
  "amount_minor" integer not null default 0, "open_minor" integer not null default 0, "overdue_days" integer not null default 0, primary key ("dunning_id", "line_no"),
  foreign key ("dunning_id") references "credit_dunning" ("id") deferrable initially deferred,
  foreign key ("open_item_id") references "accounting_open_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "credit_interest" (
  "id" text primary key not null, "number" text not null, "party_id" text not null, "day" text not null, "through_on" text not null, "rate_e8" integer not null default 0,
  "tax_code" text, "tax_rate_e8" integer not null default 0, "net_minor" integer not null default 0, "tax_minor" integer not null default 0,
  "gross_minor" integer not null default 0, "entry_id" text not null, "note" text, "by_id" text not null, "at" integer not null, "reversed_on" text, "reversed_reason" text,
  constraint "interest_gross" check (net_minor + tax_minor = gross_minor and gross_minor > 0),
  constraint "interest_reversed" check ((reversed_on is null) = (reversed_reason is null)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("entry_id") references "accounting_entry" ("id") deferrable initially deferred, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "credit_interest_line" (
  "interest_id" text not null, "line_no" integer not null default 0, "open_item_id" text not null, "number" text not null, "due_on" text not null, "from_on" text not null,
  "through_on" text not null, "days" integer not null default 0, "base_minor" integer not null default 0, "interest_minor" integer not null default 0,
  primary key ("interest_id", "line_no"), constraint "interest_line_days" check (from_on <= through_on and days > 0),
  foreign key ("interest_id") references "credit_interest" ("id") deferrable initially deferred,
  foreign key ("open_item_id") references "accounting_open_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "credit_promise" (
  "id" text primary key not null, "party_id" text not null, "total_minor" integer not null default 0, "note" text, "made_on" text not null, "by_id" text not null,
  "at" integer not null, "ended_on" text, "ended_reason" text, constraint "promise_ended" check ((ended_on is null) = (ended_reason is null)),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "credit_promise_part" (
  "promise_id" text not null, "part_no" integer not null default 0, "due_on" text not null, "amount_minor" integer not null default 0, primary key ("promise_id", "part_no"),
  constraint "promise_part_amount" check (amount_minor > 0), foreign key ("promise_id") references "credit_promise" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "credit_collection_task" (
  "task_id" text primary key not null, "party_id" text not null, "day" text not null, foreign key ("task_id") references "crm_task" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "contracts_contract" (
  "id" text primary key not null, "number" text, "title" text not null, "party_id" text not null, "opportunity_id" text, "quote_id" text, "renews_id" text,
  "amount_minor" integer not null default 0, "starts_on" text not null, "ends_on" text not null, "remind_days" integer, "owner_id" text not null, "note" text,
  "state" text not null, "signed_on" text, "ended_on" text, "end_reason" text, "order_id" text, "reminder_id" text, "created_by" text not null, "created_at" integer not null,
  constraint "contract_state" check ("state" in ('draft', 'active', 'terminated')), constraint "contract_number" check (state <> 'active' or number is not null),
  constraint "contract_signed" check ((number is null) = (signed_on is null)), constraint "contract_terminated" check ((state = 'terminated') = (ended_on is not null)),
  constraint "contract_term" check (ends_on >= starts_on), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("opportunity_id") references "crm_opportunity" ("id") deferrable initially deferred,
  foreign key ("quote_id") references "sales_quote" ("id") deferrable initially deferred, foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred,
  foreign key ("order_id") references "sales_order" ("id") deferrable initially deferred, foreign key ("reminder_id") references "crm_task" ("id") deferrable initially deferred
) strict
--> next statement
create table "contracts_line" (
  "contract_id" text not null, "line_no" integer not null default 0, "item_id" text not null, "unit" text not null, "quantity_e6" integer not null default 0,
  "price_e4" integer not null default 0, primary key ("contract_id", "line_no"), foreign key ("contract_id") references "contracts_contract" ("id") deferrable initially deferred,
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "contracts_instalment" (
  "contract_id" text not null, "part_no" integer not null default 0, "due_on" text not null, "amount_minor" integer not null default 0, "note" text,
  primary key ("contract_id", "part_no"), constraint "instalment_amount" check (amount_minor > 0),
  foreign key ("contract_id") references "contracts_contract" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "forecast_quota" (
  "user_id" text not null, "month" text not null, "amount_minor" integer not null default 0, primary key ("user_id", "month"),
  foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "forecast_kept" (
  "id" text primary key not null, "kept_in" text not null, "month" text not null, "user_id" text, "base_minor" integer not null default 0,
  "pipeline_minor" integer not null default 0, "at" integer not null, foreign key ("user_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "insights_tier" (
  "id" text primary key not null, "position" integer not null default 0, "name_zh" text not null, "name_en" text not null, "r_from" integer not null, "r_to" integer not null,
  "f_from" integer not null, "f_to" integer not null, "m_from" integer not null, "m_to" integer not null, "price_level" text, "offer" text, "service_priority" integer,
  "visit_days" integer, "is_active" integer not null default 0, constraint "tier_r" check (r_from between 1 and r_to and r_to <= 5),
  constraint "tier_f" check (f_from between 1 and f_to and f_to <= 5), constraint "tier_m" check (m_from between 1 and m_to and m_to <= 5),
  constraint "tier_priority" check (service_priority between 1 and 3), constraint "tier_visits" check (visit_days > 0), check ("is_active" in (0, 1))
) strict
--> next statement
create table "insights_score" (
  "party_id" text primary key not null, "standing" text not null, "tier_id" text, "r" integer, "f" integer, "m" integer, "invoice_count" integer not null default 0,
  "amount_minor" integer not null default 0, "amount_before_minor" integer not null default 0, "first_on" text, "last_on" text, "purchase_days" integer not null default 0,
  "total_minor" integer not null default 0, "margin_minor" integer not null default 0, "interval_days" integer, "expected_on" text, "lapses_on" text, "alive_e8" integer,
  "expected_e6" integer, "spend_minor" integer, "future_minor" integer, "lifetime_minor" integer not null default 0, "risk" integer not null default 0,
  "risk_reasons" text not null, "applied_level" text, "computed_on" text not null,
  constraint "score_standing" check ("standing" in ('scored', 'quiet', 'not_positive', 'no_invoice')),
  constraint "score_scored" check ((standing = 'scored') = (r is not null and f is not null and m is not null)),
  constraint "score_tier" check (tier_id is null or standing = 'scored'), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("tier_id") references "insights_tier" ("id") deferrable initially deferred
) strict
--> next statement
create table "insights_tier_move" (
  "id" text primary key not null, "party_id" text not null, "from_tier_id" text, "to_tier_id" text, "day" text not null, "at" integer not null,
  constraint "tier_move_moves" check (coalesce(from_tier_id, '') <> coalesce(to_tier_id, '')),
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred,
  foreign key ("from_tier_id") references "insights_tier" ("id") deferrable initially deferred,
  foreign key ("to_tier_id") references "insights_tier" ("id") deferrable initially deferred
) strict
--> next statement
create table "insights_run" (
  "id" text primary key not null, "day" text not null, "from_on" text not null, "at" integer not null, "by_id" text not null, "scored" integer not null default 0,
  "quiet" integer not null default 0, "not_positive" integer not null default 0, "no_invoice" integer not null default 0, "moved" integer not null default 0,
  "baskets" integer not null default 0, "models" text not null, foreign key ("by_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "insights_together" (
  "item_id" text not null, "other_id" text not null, "item_count" integer not null default 0, "both_count" integer not null default 0, "support_e8" integer not null default 0,
  "confidence_e8" integer not null default 0, "lift_e6" integer not null default 0, primary key ("item_id", "other_id"),
  foreign key ("item_id") references "catalog_item" ("id") deferrable initially deferred, foreign key ("other_id") references "catalog_item" ("id") deferrable initially deferred
) strict, without rowid
--> next statement
create table "insights_segment" (
  "id" text primary key not null, "name" text not null, "name_key" text not null, "note" text, "match" text not null, "conditions" text not null, "created_by" text not null,
  "created_at" integer not null, constraint "segment_match" check ("match" in ('all', 'any')),
  foreign key ("created_by") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "insights_raised" (
  "task_id" text primary key not null, "party_id" text not null, "why" text not null, "expected_on" text not null, "raised_on" text not null,
  constraint "raised_why" check ("why" in ('repurchase', 'visit')), foreign key ("task_id") references "crm_task" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_campaign" (
  "id" text primary key not null, "number" text not null, "name" text not null, "name_key" text not null, "channel" text not null, "from_on" text not null, "to_on" text not null,
  "cost_minor" integer not null default 0, "note" text, "state" text not null, "owner_id" text not null, "created_by" text not null, "created_at" integer not null,
  constraint "campaign_channel" check ("channel" in ('email', 'letter', 'message', 'online', 'event', 'store', 'other')),
  constraint "campaign_state" check ("state" in ('planned', 'running', 'closed')), constraint "campaign_days" check (to_on >= from_on),
  foreign key ("owner_id") references "platform_user" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_member" (
  "id" text primary key not null, "campaign_id" text not null, "party_id" text not null, "name" text not null, "contact_name" text, "email" text, "address" text, "response" text,
  "responded_on" text, "score" integer, "answer" text, "added_at" integer not null,
  constraint "member_response" check ("response" in ('interested', 'bought', 'declined', 'answered')), constraint "member_score" check (score between 1 and 5),
  foreign key ("campaign_id") references "marketing_campaign" ("id") deferrable initially deferred,
  foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_letter" (
  "id" text primary key not null, "campaign_id" text not null, "subject" text not null, "body" text not null, "state" text not null, "created_by" text not null,
  "created_at" integer not null, "queued_at" integer, constraint "letter_state" check ("state" in ('draft', 'queued', 'paused')),
  foreign key ("campaign_id") references "marketing_campaign" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_mail" (
  "id" text primary key not null, "letter_id" text not null, "member_id" text not null, "way" text not null, "email" text, "email_key" text, "address" text, "name" text not null,
  "subject" text not null, "body" text not null, "state" text not null, "tries" integer not null default 0, "next_at" integer not null, "claimed_at" integer, "claimed_by" text,
  "told_at" integer, "sent_on" text, "reply" text, constraint "mail_way" check ("way" in ('email', 'post')),
  constraint "mail_whereto" check (way = 'post' or (email is not null and email_key is not null)),
  constraint "mail_state" check ("state" in ('waiting', 'claimed', 'sent', 'unknown', 'bounced', 'failed', 'skipped')),
  constraint "mail_sent" check (state <> 'sent' or sent_on is not null), foreign key ("letter_id") references "marketing_letter" ("id") deferrable initially deferred,
  foreign key ("member_id") references "marketing_member" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_sequence" (
  "id" text primary key not null, "campaign_id" text not null, "name" text not null, "segment_id" text, "goal" text not null, "state" text not null, "created_by" text not null,
  "created_at" integer not null, constraint "sequence_goal" check ("goal" in ('none', 'ordered', 'replied')),
  constraint "sequence_state" check ("state" in ('draft', 'running', 'paused', 'closed')),
  foreign key ("campaign_id") references "marketing_campaign" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_step" (
  "id" text primary key not null, "sequence_id" text not null, "position" integer not null default 0, "kind" text not null, "letter_id" text, "title" text, "days" integer,
  "condition" text not null, "is_not" integer not null default 0, "tier_id" text, "otherwise" text not null, constraint "step_kind" check ("kind" in ('letter', 'task', 'wait')),
  constraint "step_whole" check ((kind = 'letter' and letter_id is not null) or (kind = 'task' and title is not null) or (kind = 'wait' and days between 1 and 365)),
  constraint "step_condition" check ("condition" in ('always', 'replied', 'ordered', 'ticket', 'tier')),
  constraint "step_tier" check ((condition = 'tier') = (tier_id is not null)), constraint "step_otherwise" check ("otherwise" in ('skip', 'leave')), check ("is_not" in (0, 1)),
  foreign key ("sequence_id") references "marketing_sequence" ("id") deferrable initially deferred,
  foreign key ("letter_id") references "marketing_letter" ("id") deferrable initially deferred,
  foreign key ("tier_id") references "insights_tier" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_walk" (
  "id" text primary key not null, "sequence_id" text not null, "member_id" text not null, "position" integer not null default 0, "due_on" text not null, "entered_on" text not null,
  "state" text not null, "why" text, "ended_on" text, constraint "walk_state" check ("state" in ('walking', 'reached', 'finished', 'left')),
  constraint "walk_why" check ("why" in ('unsubscribed', 'merged', 'gone', 'frozen', 'condition', 'taken_out', 'closed')),
  constraint "walk_left" check ((state = 'left') = (why is not null)), constraint "walk_ended" check ((state = 'walking') = (ended_on is null)),
  foreign key ("sequence_id") references "marketing_sequence" ("id") deferrable initially deferred,
  foreign key ("member_id") references "marketing_member" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_walked" (
  "id" text primary key not null, "walk_id" text not null, "step_id" text not null, "did" text not null, "on_day" text not null, "mail_id" text, "task_id" text,
  constraint "walked_did" check ("did" in ('letter', 'task', 'wait', 'passed')), foreign key ("walk_id") references "marketing_walk" ("id") deferrable initially deferred,
  foreign key ("step_id") references "marketing_step" ("id") deferrable initially deferred, foreign key ("mail_id") references "marketing_mail" ("id") deferrable initially deferred
) strict
--> next statement
create table "marketing_unsubscribed" (
  "id" text primary key not null, "party_id" text, "email_key" text, "reason" text, "at" integer not null, "by_id" text not null,
  constraint "unsubscribed_whom" check (party_id is not null or email_key is not null), foreign key ("party_id") references "parties_party" ("id") deferrable initially deferred
) strict
--> next statement
create virtual table platform_search using fts5(grams, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ':'")
