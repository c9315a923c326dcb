create index "platform_team_team_parent" on "platform_team" ("parent_id")
--> next statement
create unique index "platform_team_team_name" on "platform_team" ("name")
--> next statement
create unique index "platform_user_user_login" on "platform_user" ("login")
--> next statement
create index "platform_user_user_team" on "platform_user" ("team_id")
--> next statement
create unique index "platform_role_role_code" on "platform_role" ("code")
--> next statement
create index "platform_user_role_user_role_role" on "platform_user_role" ("role_id")
--> next statement
create index "platform_session_session_user" on "platform_session" ("user_id")
--> next statement
create unique index "platform_audit_audit_command" on "platform_audit" ("command_id")
--> next statement
create index "platform_change_change_row" on "platform_change" ("pk", "tbl")
--> next statement
create index "platform_attachment_attachment_source" on "platform_attachment" ("source_kind", "source_id")
--> next statement
create index "platform_attachment_attachment_sha" on "platform_attachment" ("sha256")
--> next statement
create index "platform_comment_comment_source" on "platform_comment" ("source_kind", "source_id")
--> next statement
create index "platform_comment_comment_user" on "platform_comment" ("written_by")
--> next statement
create index "platform_mention_mention_user" on "platform_mention" ("user_id", "seen_at")
--> next statement
create unique index "platform_search_doc_search_ref" on "platform_search_doc" ("kind", "ref_id")
--> next statement
create index "platform_search_doc_search_code" on "platform_search_doc" ("code")
--> next statement
create index "platform_search_doc_search_title" on "platform_search_doc" ("kind", "title_key")
--> next statement
create index "platform_view_view_owner" on "platform_view" ("owner_id", "list")
--> next statement
create index "platform_view_view_role" on "platform_view" ("role_id")
--> next statement
create unique index "platform_view_view_name" on "platform_view" ("list", "owner_id", "name")
--> next statement
create index "platform_view_choice_view_choice_view" on "platform_view_choice" ("view_id")
--> next statement
create unique index "platform_field_field_label" on "platform_field" ("target", "label")
--> next statement
create unique index "platform_print_template_print_template_name" on "platform_print_template" ("kind", "name")
--> next statement
create index "platform_approval_approval_state" on "platform_approval" ("state", "asked_at")
--> next statement
create index "platform_approval_approval_source" on "platform_approval" ("source_kind", "source_id")
--> next statement
create index "platform_approval_approval_asker" on "platform_approval" ("asked_by", "state")
--> next statement
create index "platform_approval_approval_decider" on "platform_approval" ("decided_by") where decided_by is not null
--> next statement
create unique index "platform_erasure_erasure_subject" on "platform_erasure" ("subject_kind", "subject_id")
--> next statement
create index "platform_erasure_erasure_by" on "platform_erasure" ("by_id")
--> next statement
create index "platform_erased_erased_erasure" on "platform_erased" ("erasure_id")
--> next statement
create index "parties_party_party_parent_id" on "parties_party" ("parent_id") where parent_id is not null
--> next statement
create index "parties_party_party_same_as" on "parties_party" ("same_as")
--> next statement
create unique index "parties_party_party_code" on "parties_party" ("code")
--> next statement
create index "parties_party_party_name" on "parties_party" ("name")
--> next statement
create index "parties_party_party_gone" on "parties_party" ("id") where is_active = 0
--> next statement
create index "parties_party_party_merged" on "parties_party" ("id") where same_as <> id
--> next statement
create index "parties_party_party_name_key" on "parties_party" ("name_key")
--> next statement
create index "parties_party_party_phone_key" on "parties_party" ("phone_key")
--> next statement
create index "parties_party_party_tax_no" on "parties_party" ("tax_no")
--> next statement
create unique index "parties_party_party_cash" on "parties_party" ("is_cash") where is_cash = 1
--> next statement
create index "parties_alias_alias_name_key" on "parties_alias" ("name_key")
--> next statement
create index "parties_contact_contact_party" on "parties_contact" ("party_id")
--> next statement
create index "parties_contact_contact_phone_key" on "parties_contact" ("phone_key")
--> next statement
create index "parties_handle_handle_value" on "parties_handle" ("value")
--> next statement
create index "parties_address_address_party" on "parties_address" ("party_id")
--> next statement
create index "parties_assignment_assignment_user" on "parties_assignment" ("user_id", "to_day")
--> next statement
create unique index "parties_assignment_assignment_current" on "parties_assignment" ("party_id") where to_day is null
--> next statement
create index "parties_tag_tag_word" on "parties_tag" ("tag")
--> next statement
create index "parties_likeness_likeness_party" on "parties_likeness" ("party_id")
--> next statement
create index "parties_alike_alike_other" on "parties_alike" ("other_id")
--> next statement
create index "parties_alike_alike_score" on "parties_alike" ("score", "one_id", "other_id")
--> next statement
create index "parties_distinct_distinct_other" on "parties_distinct" ("other_id")
--> next statement
create index "parties_distinct_distinct_user" on "parties_distinct" ("user_id")
--> next statement
create index "parties_merge_merge_winner" on "parties_merge" ("winner_id")
--> next statement
create index "parties_merge_merge_loser" on "parties_merge" ("loser_id")
--> next statement
create unique index "parties_merge_merge_standing" on "parties_merge" ("loser_id") where parted_at is null
--> next statement
create index "parties_merge_merge_merged_by" on "parties_merge" ("merged_by")
--> next statement
create index "parties_merge_merge_parted_by" on "parties_merge" ("parted_by") where parted_by is not null
--> next statement
create index "catalog_category_category_parent" on "catalog_category" ("parent_id")
--> next statement
create index "catalog_category_category_name" on "catalog_category" ("name")
--> next statement
create unique index "catalog_item_item_code" on "catalog_item" ("code")
--> next statement
create index "catalog_item_item_name" on "catalog_item" ("name")
--> next statement
create index "catalog_item_item_category" on "catalog_item" ("category_id")
--> next statement
create index "catalog_item_item_tax_code" on "catalog_item" ("tax_code")
--> next statement
create index "catalog_item_item_floor" on "catalog_item" ("floor_price_e4") where floor_price_e4 > 0
--> next statement
create index "catalog_barcode_barcode_item" on "catalog_barcode" ("item_id")
--> next statement
create unique index "catalog_price_list_price_list_name" on "catalog_price_list" ("name")
--> next statement
create index "catalog_price_list_price_list_level" on "catalog_price_list" ("level")
--> next statement
create index "catalog_price_price_item" on "catalog_price" ("item_id")
--> next statement
create unique index "accounting_account_account_code" on "accounting_account" ("code")
--> next statement
create index "accounting_account_account_parent" on "accounting_account" ("parent_id")
--> next statement
create index "accounting_role_role_account" on "accounting_role" ("account_id")
--> next statement
create unique index "accounting_entry_entry_number" on "accounting_entry" ("period", "word", "number")
--> next statement
create index "accounting_entry_entry_day" on "accounting_entry" ("day", "id")
--> next statement
create index "accounting_entry_entry_opening" on "accounting_entry" ("day") where kind = 'opening'
--> next statement
create index "accounting_entry_entry_source" on "accounting_entry" ("source_kind", "source_id")
--> next statement
create index "accounting_entry_entry_reverses" on "accounting_entry" ("reverses_id") where reverses_id is not null
--> next statement
create index "accounting_line_line_account" on "accounting_line" ("account_id", "day", "entry_id", "line_no", "debit_minor", "credit_minor")
--> next statement
create index "accounting_line_line_party" on "accounting_line" ("party_id", "account_id", "day") where party_id is not null
--> next statement
create index "accounting_review_review_entry" on "accounting_review" ("entry_id")
--> next statement
create index "accounting_payment_method_method_account" on "accounting_payment_method" ("account_id")
--> next statement
create unique index "accounting_payment_payment_number" on "accounting_payment" ("number")
--> next statement
create index "accounting_payment_payment_party" on "accounting_payment" ("party_id", "day")
--> next statement
create index "accounting_payment_payment_day" on "accounting_payment" ("day", "id")
--> next statement
create index "accounting_payment_payment_amount" on "accounting_payment" ("amount_minor")
--> next statement
create index "accounting_payment_payment_reference" on "accounting_payment" ("reference") where reference is not null
--> next statement
create index "accounting_payment_payment_method_code" on "accounting_payment" ("method")
--> next statement
create index "accounting_payment_payment_source" on "accounting_payment" ("source_kind", "source_id") where source_id is not null
--> next statement
create unique index "accounting_payment_payment_reverses" on "accounting_payment" ("reverses_id") where reverses_id is not null
--> next statement
create index "accounting_payment_payment_entry" on "accounting_payment" ("entry_id")
--> next statement
create index "accounting_open_item_open_item_party" on "accounting_open_item" ("party_id", "side", "due_on")
--> next statement
create index "accounting_open_item_open_item_source" on "accounting_open_item" ("source_kind", "source_id")
--> next statement
create index "accounting_open_item_open_item_account" on "accounting_open_item" ("account_id")
--> next statement
create index "accounting_open_item_open_item_open" on "accounting_open_item" ("side", "party_id", "day", "due_on", "amount_minor", "settled_minor") where amount_minor <> settled_minor
--> next statement
create index "accounting_allocation_allocation_day" on "accounting_allocation" ("day")
--> next statement
create index "accounting_allocation_allocation_positive" on "accounting_allocation" ("positive_id")
--> next statement
create index "accounting_allocation_allocation_negative" on "accounting_allocation" ("negative_id")
--> next statement
create index "accounting_allocation_allocation_entry" on "accounting_allocation" ("entry_id") where entry_id is not null
--> next statement
create unique index "accounting_allocation_allocation_undoes" on "accounting_allocation" ("undoes_id") where undoes_id is not null
--> next statement
create unique index "inventory_warehouse_warehouse_code" on "inventory_warehouse" ("code")
--> next statement
create unique index "inventory_location_location_code" on "inventory_location" ("code")
--> next statement
create index "inventory_location_location_warehouse" on "inventory_location" ("warehouse_id")
--> next statement
create index "inventory_move_move_item" on "inventory_move" ("item_id", "day", "seq")
--> next statement
create index "inventory_move_move_source" on "inventory_move" ("source_kind", "source_id", "source_line_no")
--> next statement
create index "inventory_move_move_original" on "inventory_move" ("original_seq") where original_seq is not null
--> next statement
create index "inventory_move_move_from" on "inventory_move" ("from_location_id")
--> next statement
create index "inventory_move_move_to" on "inventory_move" ("to_location_id")
--> next statement
create index "inventory_move_move_counter" on "inventory_move" ("counter_account_id") where counter_account_id is not null
--> next statement
create index "inventory_move_move_entry" on "inventory_move" ("entry_id") where entry_id is not null
--> next statement
create index "inventory_stock_stock_location" on "inventory_stock" ("location_id")
--> next statement
create unique index "inventory_plan_plan_source" on "inventory_plan" ("source_kind", "source_id", "source_line_no")
--> next statement
create index "inventory_plan_plan_item" on "inventory_plan" ("item_id", "location_id", "due_on")
--> next statement
create index "inventory_plan_plan_location" on "inventory_plan" ("location_id")
--> next statement
create unique index "inventory_adjustment_adjustment_number" on "inventory_adjustment" ("number")
--> next statement
create index "inventory_adjustment_adjustment_day" on "inventory_adjustment" ("day", "id")
--> next statement
create index "inventory_adjustment_adjustment_entry" on "inventory_adjustment" ("entry_id") where entry_id is not null
--> next statement
create unique index "inventory_adjustment_adjustment_reverses" on "inventory_adjustment" ("reverses_id") where reverses_id is not null
--> next statement
create index "inventory_adjustment_adjustment_warehouse" on "inventory_adjustment" ("warehouse_id")
--> next statement
create index "inventory_adjustment_line_adjustment_line_item" on "inventory_adjustment_line" ("item_id")
--> next statement
create unique index "inventory_transfer_transfer_number" on "inventory_transfer" ("number")
--> next statement
create index "inventory_transfer_transfer_day" on "inventory_transfer" ("day", "id")
--> next statement
create index "inventory_transfer_transfer_from" on "inventory_transfer" ("from_location_id")
--> next statement
create index "inventory_transfer_transfer_to" on "inventory_transfer" ("to_location_id")
--> next statement
create index "promotions_promotion_promotion_state_to" on "promotions_promotion" ("state", "to_at")
--> next statement
create index "promotions_promotion_promotion_item" on "promotions_promotion" ("item_id") where item_id is not null
--> next statement
create index "promotions_promotion_promotion_list" on "promotions_promotion" ("list_id") where list_id is not null
--> next statement
create index "promotions_promotion_promotion_warehouse" on "promotions_promotion" ("warehouse_id") where warehouse_id is not null
--> next statement
create index "promotions_promotion_promotion_owner" on "promotions_promotion" ("owner_id")
--> next statement
create index "promotions_guard_guard_item" on "promotions_guard" ("item_id")
--> next statement
create index "promotions_claim_claim_promotion" on "promotions_claim" ("promotion_id", "party_id")
--> next statement
create index "promotions_claim_claim_party" on "promotions_claim" ("party_id")
--> next statement
create index "promotions_claim_claim_source" on "promotions_claim" ("source_id")
--> next statement
create unique index "promotions_coupon_coupon_code" on "promotions_coupon" ("code")
--> next statement
create index "promotions_coupon_coupon_promotion" on "promotions_coupon" ("promotion_id")
--> next statement
create index "promotions_coupon_coupon_party" on "promotions_coupon" ("party_id") where party_id is not null
--> next statement
create index "promotions_coupon_use_coupon_use_coupon" on "promotions_coupon_use" ("coupon_id")
--> next statement
create index "promotions_coupon_use_coupon_use_party" on "promotions_coupon_use" ("party_id")
--> next statement
create unique index "promotions_coupon_use_coupon_use_source" on "promotions_coupon_use" ("coupon_id", "source_id") where undone_at is null
--> next statement
create index "promotions_coupon_use_coupon_use_source_all" on "promotions_coupon_use" ("source_id")
--> next statement
create unique index "sales_quote_quote_number" on "sales_quote" ("number", "version")
--> next statement
create index "sales_quote_quote_party" on "sales_quote" ("party_id", "day")
--> next statement
create index "sales_quote_quote_day" on "sales_quote" ("day", "id")
--> next statement
create index "sales_quote_quote_gross" on "sales_quote" ("gross_minor")
--> next statement
create index "sales_quote_quote_previous" on "sales_quote" ("previous_id") where previous_id is not null
--> next statement
create index "sales_quote_line_quote_line_item" on "sales_quote_line" ("item_id")
--> next statement
create unique index "sales_order_order_number" on "sales_order" ("number")
--> next statement
create index "sales_order_order_day" on "sales_order" ("day", "id", "wanted_on")
--> next statement
create index "sales_order_order_gross" on "sales_order" ("gross_minor", "id")
--> next statement
create index "sales_order_order_wanted" on "sales_order" ("wanted_on", "id")
--> next statement
create index "sales_order_order_reference" on "sales_order" ("customer_reference") where customer_reference is not null
--> next statement
create index "sales_order_order_party" on "sales_order" ("party_id", "day")
--> next statement
create index "sales_order_order_state_day" on "sales_order" ("state", "day")
--> next statement
create index "sales_order_order_quote" on "sales_order" ("quote_id") where quote_id is not null
--> next statement
create index "sales_order_order_warehouse" on "sales_order" ("warehouse_id")
--> next statement
create index "sales_order_line_order_line_item" on "sales_order_line" ("item_id")
--> next statement
create unique index "sales_delivery_delivery_number" on "sales_delivery" ("number")
--> next statement
create index "sales_delivery_delivery_day" on "sales_delivery" ("day", "id")
--> next statement
create index "sales_delivery_delivery_entry" on "sales_delivery" ("entry_id") where entry_id is not null
--> next statement
create unique index "sales_delivery_delivery_reverses" on "sales_delivery" ("reverses_id") where reverses_id is not null
--> next statement
create index "sales_delivery_delivery_party" on "sales_delivery" ("party_id", "day")
--> next statement
create index "sales_delivery_delivery_order" on "sales_delivery" ("order_id") where order_id is not null
--> next statement
create index "sales_delivery_delivery_warehouse" on "sales_delivery" ("warehouse_id")
--> next statement
create index "sales_delivery_delivery_tracking" on "sales_delivery" ("tracking") where tracking is not null
--> next statement
create index "sales_delivery_line_delivery_line_item" on "sales_delivery_line" ("item_id")
--> next statement
create index "sales_delivery_line_delivery_line_order" on "sales_delivery_line" ("order_id", "order_line_no") where order_id is not null
--> next statement
create index "sales_delivery_line_delivery_line_original" on "sales_delivery_line" ("original_id", "original_line_no") where original_id is not null
--> next statement
create unique index "sales_invoice_invoice_number" on "sales_invoice" ("number")
--> next statement
create index "sales_invoice_invoice_day" on "sales_invoice" ("day", "id")
--> next statement
create index "sales_invoice_invoice_gross" on "sales_invoice" ("gross_minor")
--> next statement
create index "sales_invoice_invoice_entry" on "sales_invoice" ("entry_id") where entry_id is not null
--> next statement
create unique index "sales_invoice_invoice_reverses" on "sales_invoice" ("reverses_id") where reverses_id is not null
--> next statement
create index "sales_invoice_invoice_party" on "sales_invoice" ("party_id", "day")
--> next statement
create index "sales_invoice_invoice_order" on "sales_invoice" ("order_id") where order_id is not null
--> next statement
create index "sales_invoice_invoice_original" on "sales_invoice" ("original_id") where original_id is not null
--> next statement
create index "sales_invoice_invoice_reference" on "sales_invoice" ("reference") where reference is not null
--> next statement
create index "sales_invoice_line_invoice_line_item" on "sales_invoice_line" ("item_id")
--> next statement
create index "sales_invoice_line_invoice_line_order" on "sales_invoice_line" ("order_id", "order_line_no") where order_id is not null
--> next statement
create index "sales_invoice_line_invoice_line_delivery" on "sales_invoice_line" ("delivery_id", "delivery_line_no") where delivery_id is not null
--> next statement
create index "sales_invoice_line_invoice_line_original" on "sales_invoice_line" ("original_id", "original_line_no") where original_id is not null
--> next statement
create index "sales_accrual_accrual_entry" on "sales_accrual" ("entry_id")
--> next statement
create index "sales_cost_shift_cost_shift_entry" on "sales_cost_shift" ("entry_id")
--> next statement
create unique index "purchasing_bill_bill_number" on "purchasing_bill" ("number")
--> next statement
create index "purchasing_bill_bill_day" on "purchasing_bill" ("day", "id")
--> next statement
create index "purchasing_bill_bill_entry" on "purchasing_bill" ("entry_id") where entry_id is not null
--> next statement
create unique index "purchasing_bill_bill_reverses" on "purchasing_bill" ("reverses_id") where reverses_id is not null
--> next statement
create index "purchasing_bill_bill_party" on "purchasing_bill" ("party_id", "day")
--> next statement
create index "purchasing_bill_bill_warehouse" on "purchasing_bill" ("warehouse_id")
--> next statement
create index "purchasing_bill_bill_gross" on "purchasing_bill" ("gross_minor")
--> next statement
create index "purchasing_bill_bill_reference" on "purchasing_bill" ("supplier_reference") where supplier_reference is not null
--> next statement
create index "purchasing_bill_bill_late_cost" on "purchasing_bill" ("late_cost_of_id") where late_cost_of_id is not null
--> next statement
create index "purchasing_bill_line_bill_line_item" on "purchasing_bill_line" ("item_id")
--> next statement
create unique index "crm_lead_lead_code" on "crm_lead" ("code")
--> next statement
create index "crm_lead_lead_name_key" on "crm_lead" ("name_key")
--> next statement
create index "crm_lead_lead_company_key" on "crm_lead" ("company_key")
--> next statement
create index "crm_lead_lead_phone_key" on "crm_lead" ("phone_key")
--> next statement
create index "crm_lead_lead_email" on "crm_lead" ("email")
--> next statement
create index "crm_lead_lead_tax_no" on "crm_lead" ("tax_no")
--> next statement
create index "crm_lead_lead_owner" on "crm_lead" ("owner_id", "state")
--> next statement
create index "crm_lead_lead_state_day" on "crm_lead" ("state", "created_on")
--> next statement
create index "crm_lead_lead_party" on "crm_lead" ("party_id") where party_id is not null
--> next statement
create index "crm_lead_lead_referrer" on "crm_lead" ("referrer_id") where referrer_id is not null
--> next statement
create index "crm_lead_likeness_lead_likeness_lead" on "crm_lead_likeness" ("lead_id")
--> next statement
create index "crm_stage_stage_position" on "crm_stage" ("position")
--> next statement
create unique index "crm_competitor_competitor_name_key" on "crm_competitor" ("name_key")
--> next statement
create unique index "crm_opportunity_opportunity_number" on "crm_opportunity" ("number")
--> next statement
create index "crm_opportunity_opportunity_party" on "crm_opportunity" ("party_id", "state")
--> next statement
create index "crm_opportunity_opportunity_stage" on "crm_opportunity" ("stage_id", "state", "expected_on", "id")
--> next statement
create index "crm_opportunity_opportunity_state_expected" on "crm_opportunity" ("state", "expected_on")
--> next statement
create index "crm_opportunity_opportunity_created" on "crm_opportunity" ("created_on", "id")
--> next statement
create index "crm_opportunity_opportunity_owner" on "crm_opportunity" ("owner_id", "state")
--> next statement
create index "crm_opportunity_opportunity_lead" on "crm_opportunity" ("lead_id") where lead_id is not null
--> next statement
create index "crm_opportunity_opportunity_lost_to" on "crm_opportunity" ("lost_to_id") where lost_to_id is not null
--> next statement
create index "crm_opportunity_line_opportunity_line_item" on "crm_opportunity_line" ("item_id")
--> next statement
create index "crm_rival_rival_competitor" on "crm_rival" ("competitor_id")
--> next statement
create index "crm_stage_move_stage_move_stage" on "crm_stage_move" ("stage_id")
--> next statement
create unique index "crm_opportunity_document_opportunity_document_source" on "crm_opportunity_document" ("source_kind", "source_id")
--> next statement
create index "crm_activity_activity_party" on "crm_activity" ("party_id", "day")
--> next statement
create index "crm_activity_activity_lead" on "crm_activity" ("lead_id", "day") where lead_id is not null
--> next statement
create index "crm_activity_activity_opportunity" on "crm_activity" ("opportunity_id", "day") where opportunity_id is not null
--> next statement
create index "crm_activity_activity_user" on "crm_activity" ("user_id", "day")
--> next statement
create index "crm_activity_activity_day" on "crm_activity" ("day", "id")
--> next statement
create index "crm_task_task_party" on "crm_task" ("party_id", "state")
--> next statement
create index "crm_task_task_lead" on "crm_task" ("lead_id", "state") where lead_id is not null
--> next statement
create index "crm_task_task_opportunity" on "crm_task" ("opportunity_id", "state") where opportunity_id is not null
--> next statement
create index "crm_task_task_assignee" on "crm_task" ("assignee_id", "state", "due_on", "priority", "minute", "id")
--> next statement
create index "crm_task_task_due" on "crm_task" ("state", "due_on", "priority", "minute", "id")
--> next statement
create index "crm_task_task_activity" on "crm_task" ("activity_id") where activity_id is not null
--> next statement
create index "crm_task_task_done_activity" on "crm_task" ("done_activity_id") where done_activity_id is not null
--> next statement
create index "crm_score_rule_score_rule_position" on "crm_score_rule" ("position")
--> next statement
create index "crm_routing_rule_routing_rule_position" on "crm_routing_rule" ("position")
--> next statement
create index "crm_routing_rule_routing_rule_user" on "crm_routing_rule" ("user_id")
--> next statement
create index "crm_routing_rule_routing_rule_team" on "crm_routing_rule" ("team_id")
--> next statement
create index "crm_routing_rule_routing_rule_last" on "crm_routing_rule" ("last_user_id")
--> next statement
create index "crm_pool_move_pool_move_party" on "crm_pool_move" ("party_id", "day")
--> next statement
create index "crm_pool_move_pool_move_lead" on "crm_pool_move" ("lead_id", "day")
--> next statement
create index "crm_pool_move_pool_move_from" on "crm_pool_move" ("from_user_id", "day")
--> next statement
create index "crm_pool_move_pool_move_to" on "crm_pool_move" ("to_user_id", "day")
--> next statement
create index "crm_pool_move_pool_move_day" on "crm_pool_move" ("day", "id")
--> next statement
create unique index "crm_protection_protection_party" on "crm_protection" ("party_id") where party_id is not null
--> next statement
create unique index "crm_protection_protection_lead" on "crm_protection" ("lead_id") where lead_id is not null
--> next statement
create index "crm_protection_protection_party_all" on "crm_protection" ("party_id")
--> next statement
create index "crm_protection_protection_lead_all" on "crm_protection" ("lead_id")
--> next statement
create index "service_class_class_team" on "service_class" ("team_id") where team_id is not null
--> next statement
create unique index "service_ticket_ticket_number" on "service_ticket" ("number")
--> next statement
create index "service_ticket_ticket_party" on "service_ticket" ("party_id", "created_at")
--> next statement
create index "service_ticket_ticket_item" on "service_ticket" ("item_id") where item_id is not null
--> next statement
create index "service_ticket_ticket_class" on "service_ticket" ("class_id", "state")
--> next statement
create index "service_ticket_ticket_assignee" on "service_ticket" ("assignee_id", "state")
--> next statement
create index "service_ticket_ticket_state" on "service_ticket" ("state", "resolve_due_at")
--> next statement
create index "service_ticket_ticket_created" on "service_ticket" ("created_on", "id")
--> next statement
create index "service_ticket_ticket_created_by" on "service_ticket" ("created_by")
--> next statement
create index "service_ticket_ticket_merged" on "service_ticket" ("merged_into_id") where merged_into_id is not null
--> next statement
create index "service_ticket_ticket_escalated" on "service_ticket" ("escalated_to_id") where escalated_to_id is not null
--> next statement
create index "service_step_step_by" on "service_step" ("by_id")
--> next statement
create index "service_step_step_assignee" on "service_step" ("assignee_id") where assignee_id is not null
--> next statement
create index "service_document_document_source" on "service_document" ("source_kind", "source_id")
--> next statement
create unique index "service_parts_parts_number" on "service_parts" ("number")
--> next statement
create index "service_parts_parts_ticket" on "service_parts" ("ticket_id")
--> next statement
create index "service_parts_parts_warehouse" on "service_parts" ("warehouse_id")
--> next statement
create index "service_parts_parts_engineer" on "service_parts" ("engineer_id")
--> next statement
create index "service_parts_parts_entry" on "service_parts" ("entry_id") where entry_id is not null
--> next statement
create unique index "service_parts_parts_reverses" on "service_parts" ("reverses_id") where reverses_id is not null
--> next statement
create index "service_parts_line_parts_line_item" on "service_parts_line" ("item_id")
--> next statement
create index "service_labour_labour_ticket" on "service_labour" ("ticket_id")
--> next statement
create index "service_labour_labour_user" on "service_labour" ("user_id", "day")
--> next statement
create index "service_refund_refund_ticket" on "service_refund" ("ticket_id")
--> next statement
create index "service_refund_refund_invoice" on "service_refund" ("invoice_id")
--> next statement
create index "service_refund_refund_state" on "service_refund" ("state", "asked_at")
--> next statement
create index "service_refund_refund_asked_by" on "service_refund" ("asked_by")
--> next statement
create index "service_refund_refund_decided_by" on "service_refund" ("decided_by") where decided_by is not null
--> next statement
create unique index "service_refund_refund_credit_note" on "service_refund" ("credit_note_id") where credit_note_id is not null
--> next statement
create index "service_refund_refund_credit_note_all" on "service_refund" ("credit_note_id")
--> next statement
create index "service_template_template_class" on "service_template" ("class_id") where class_id is not null
--> next statement
create unique index "service_feedback_feedback_number" on "service_feedback" ("number")
--> next statement
create index "service_feedback_feedback_item" on "service_feedback" ("item_id") where item_id is not null
--> next statement
create index "service_feedback_feedback_state" on "service_feedback" ("state", "id")
--> next statement
create index "service_feedback_feedback_decided_by" on "service_feedback" ("decided_by") where decided_by is not null
--> next statement
create index "service_feedback_ticket_feedback_ticket_ticket" on "service_feedback_ticket" ("ticket_id")
--> next statement
create index "credit_release_release_party" on "credit_release" ("party_id", "until_on")
--> next statement
create index "credit_release_release_by" on "credit_release" ("by_id")
--> next statement
create index "credit_release_release_ended_by" on "credit_release" ("ended_by") where ended_by is not null
--> next statement
create unique index "credit_limit_change_limit_change_party" on "credit_limit_change" ("party_id", "seq")
--> next statement
create index "credit_limit_change_limit_change_by" on "credit_limit_change" ("by_id")
--> next statement
create unique index "credit_dunning_dunning_number" on "credit_dunning" ("number")
--> next statement
create index "credit_dunning_dunning_party" on "credit_dunning" ("party_id", "day")
--> next statement
create index "credit_dunning_dunning_by" on "credit_dunning" ("by_id")
--> next statement
create index "credit_dunning_line_dunning_line_item" on "credit_dunning_line" ("open_item_id")
--> next statement
create unique index "credit_interest_interest_number" on "credit_interest" ("number")
--> next statement
create index "credit_interest_interest_party" on "credit_interest" ("party_id", "day")
--> next statement
create index "credit_interest_interest_entry" on "credit_interest" ("entry_id")
--> next statement
create index "credit_interest_interest_by" on "credit_interest" ("by_id")
--> next statement
create index "credit_interest_line_interest_line_item" on "credit_interest_line" ("open_item_id")
--> next statement
create index "credit_promise_promise_party" on "credit_promise" ("party_id", "made_on")
--> next statement
create index "credit_promise_promise_by" on "credit_promise" ("by_id")
--> next statement
create index "credit_collection_task_collection_task_party" on "credit_collection_task" ("party_id")
--> next statement
create unique index "contracts_contract_contract_number_once" on "contracts_contract" ("number") where number is not null
--> next statement
create index "contracts_contract_contract_party" on "contracts_contract" ("party_id", "state")
--> next statement
create index "contracts_contract_contract_ends" on "contracts_contract" ("state", "ends_on")
--> next statement
create index "contracts_contract_contract_owner" on "contracts_contract" ("owner_id")
--> next statement
create index "contracts_contract_contract_opportunity" on "contracts_contract" ("opportunity_id") where opportunity_id is not null
--> next statement
create index "contracts_contract_contract_quote" on "contracts_contract" ("quote_id") where quote_id is not null
--> next statement
create index "contracts_contract_contract_order" on "contracts_contract" ("order_id") where order_id is not null
--> next statement
create index "contracts_contract_contract_reminder" on "contracts_contract" ("reminder_id") where reminder_id is not null
--> next statement
create unique index "contracts_contract_contract_renews" on "contracts_contract" ("renews_id") where renews_id is not null
--> next statement
create index "contracts_line_contract_line_item" on "contracts_line" ("item_id")
--> next statement
create index "forecast_quota_quota_month" on "forecast_quota" ("month")
--> next statement
create unique index "forecast_kept_kept_once" on "forecast_kept" ("kept_in", "month", "user_id")
--> next statement
create index "forecast_kept_kept_month" on "forecast_kept" ("month")
--> next statement
create index "forecast_kept_kept_user" on "forecast_kept" ("user_id")
--> next statement
create index "insights_tier_tier_position" on "insights_tier" ("position")
--> next statement
create index "insights_score_score_tier" on "insights_score" ("tier_id", "party_id")
--> next statement
create index "insights_score_score_amount" on "insights_score" ("amount_minor", "party_id")
--> next statement
create index "insights_score_score_lifetime" on "insights_score" ("lifetime_minor", "party_id")
--> next statement
create index "insights_score_score_risk" on "insights_score" ("risk", "party_id")
--> next statement
create index "insights_score_score_expected" on "insights_score" ("expected_on", "lapses_on", "party_id")
--> next statement
create index "insights_tier_move_tier_move_party" on "insights_tier_move" ("party_id", "day")
--> next statement
create index "insights_tier_move_tier_move_from" on "insights_tier_move" ("from_tier_id", "day")
--> next statement
create index "insights_tier_move_tier_move_to" on "insights_tier_move" ("to_tier_id", "day")
--> next statement
create index "insights_tier_move_tier_move_day" on "insights_tier_move" ("day", "id")
--> next statement
create index "insights_run_run_day" on "insights_run" ("day", "id")
--> next statement
create index "insights_run_run_by" on "insights_run" ("by_id")
--> next statement
create index "insights_together_together_other" on "insights_together" ("other_id")
--> next statement
create index "insights_together_together_lift" on "insights_together" ("lift_e6")
--> next statement
create unique index "insights_segment_segment_name_key" on "insights_segment" ("name_key")
--> next statement
create index "insights_segment_segment_by" on "insights_segment" ("created_by")
--> next statement
create index "insights_raised_raised_party" on "insights_raised" ("party_id", "why", "expected_on")
--> next statement
create index "insights_raised_raised_day" on "insights_raised" ("raised_on")
--> next statement
create unique index "marketing_campaign_campaign_number" on "marketing_campaign" ("number")
--> next statement
create unique index "marketing_campaign_campaign_name_key" on "marketing_campaign" ("name_key")
--> next statement
create index "marketing_campaign_campaign_state" on "marketing_campaign" ("state", "from_on")
--> next statement
create index "marketing_campaign_campaign_owner" on "marketing_campaign" ("owner_id")
--> next statement
create unique index "marketing_member_member_party" on "marketing_member" ("campaign_id", "party_id")
--> next statement
create index "marketing_member_member_campaign" on "marketing_member" ("campaign_id", "name")
--> next statement
create index "marketing_member_member_of_party" on "marketing_member" ("party_id")
--> next statement
create index "marketing_letter_letter_campaign" on "marketing_letter" ("campaign_id")
--> next statement
create unique index "marketing_mail_mail_once" on "marketing_mail" ("letter_id", "member_id")
--> next statement
create index "marketing_mail_mail_letter" on "marketing_mail" ("letter_id", "state")
--> next statement
create index "marketing_mail_mail_due" on "marketing_mail" ("state", "next_at")
--> next statement
create index "marketing_mail_mail_member" on "marketing_mail" ("member_id")
--> next statement
create index "marketing_mail_mail_claimed" on "marketing_mail" ("claimed_at") where claimed_at is not null
--> next statement
create index "marketing_mail_mail_email" on "marketing_mail" ("email_key") where email_key is not null
--> next statement
create index "marketing_sequence_sequence_campaign" on "marketing_sequence" ("campaign_id")
--> next statement
create index "marketing_sequence_sequence_state" on "marketing_sequence" ("state")
--> next statement
create unique index "marketing_step_step_position" on "marketing_step" ("sequence_id", "position")
--> next statement
create index "marketing_step_step_letter" on "marketing_step" ("letter_id") where letter_id is not null
--> next statement
create index "marketing_step_step_tier_of" on "marketing_step" ("tier_id") where tier_id is not null
--> next statement
create unique index "marketing_walk_walk_once" on "marketing_walk" ("sequence_id", "member_id")
--> next statement
create index "marketing_walk_walk_due" on "marketing_walk" ("state", "due_on")
--> next statement
create index "marketing_walk_walk_member" on "marketing_walk" ("member_id")
--> next statement
create unique index "marketing_walked_walked_once" on "marketing_walked" ("walk_id", "step_id")
--> next statement
create index "marketing_walked_walked_step" on "marketing_walked" ("step_id")
--> next statement
create index "marketing_walked_walked_mail" on "marketing_walked" ("mail_id") where mail_id is not null
--> next statement
create index "marketing_unsubscribed_unsubscribed_party" on "marketing_unsubscribed" ("party_id") where party_id is not null
--> next statement
create index "marketing_unsubscribed_unsubscribed_email" on "marketing_unsubscribed" ("email_key") where email_key is not null
