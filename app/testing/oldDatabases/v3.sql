BEGIN TRANSACTION;
CREATE TABLE attempts (
    id integer primary key,
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    stage text not null,
    number integer not null,
    purpose text not null,
    tier text,
    model text,
    started_at integer not null,
    status text not null,
    forgotten integer not null default 0,
    latency_ms real,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    cache_write_tokens integer,
    cost_micros integer,
    pack text,
    pack_as text,
    pack_size integer,
    pack_reason text,
    request text not null,
    answer text,
    output text,
    failure text
  );
INSERT INTO "attempts" VALUES(1,1,0,0,'first',1,'first','openai','m',1795764234891,'succeeded',0,1.41176814200000080748e+03,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(2,1,0,1,'first',1,'first','openai','m',1795764234898,'failed',0,1.39451454899999953342e+03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}',NULL,NULL,'{"kind":"provider","httpStatus":400,"cause":"request","retryAfterMs":null,"message":"The OpenAI-compatible server refused the request (400): Status 400"}');
INSERT INTO "attempts" VALUES(3,1,0,2,'first',1,'first','openai','m',1795764236296,'succeeded',0,1.87510280000005877809e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(4,1,0,0,'second',1,'first','openai','m',1795764236304,'succeeded',0,1.65115270000005693869e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(5,1,0,2,'second',1,'first','openai','m',1795764236315,'succeeded',0,1.11327149999997345732e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(6,2,0,0,'first',1,'first','openai','m',1795764236373,'succeeded',0,12.681466,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(7,2,0,1,'first',1,'first','openai','m',1795764236373,'succeeded',0,1.85854290000006585614e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}','first=1',NULL,NULL);
INSERT INTO "attempts" VALUES(8,2,0,0,'second',1,'first','openai','m',1795764236386,'succeeded',0,1.39139070000001083824e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(9,2,0,1,'second',1,'first','openai','m',1795764236392,'succeeded',0,1.58720730000004550674e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 1 after first=1"}]}','second=1',NULL,NULL);
INSERT INTO "attempts" VALUES(10,2,0,2,'first',1,'first','openai','m',1795764236401,'succeeded',0,1.41284370000012131645e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(11,2,0,3,'first',1,'first','openai','m',1795764236410,'succeeded',0,1.10146750000003521561e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 3"}]}','first=3',NULL,NULL);
INSERT INTO "attempts" VALUES(12,2,0,2,'second',1,'first','openai','m',1795764236416,'succeeded',0,1.03824239999994460958e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(13,2,0,3,'second',1,'first','openai','m',1795764236421,'failed',0,2.36841979999990144274e+01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 3 after first=3"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
INSERT INTO "attempts" VALUES(14,2,0,4,'first',1,'first','openai','m',1795764236427,'succeeded',0,9.02905699999973876401e+00,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 4"}]}','first=4',NULL,NULL);
INSERT INTO "attempts" VALUES(15,2,0,4,'second',1,'first','openai','m',1795764236436,'failed',0,2.34077120000001741577e+01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 4 after first=4"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
INSERT INTO "attempts" VALUES(16,3,0,0,'first',1,'first','openai','m',1795764236480,'succeeded',0,1.00847479999993083765e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(17,3,0,1,'first',1,'first','openai','m',1795764236481,'succeeded',0,1.33241060000000288709e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}','first=1',NULL,NULL);
INSERT INTO "attempts" VALUES(18,3,0,2,'first',1,'first','openai','m',1795764236491,'succeeded',0,1.51905729999998584389e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(19,3,0,3,'first',1,'first','openai','m',1795764236494,'succeeded',0,1.45782090000011521624e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 3"}]}','first=3',NULL,NULL);
INSERT INTO "attempts" VALUES(20,3,0,4,'first',1,'first','openai','m',1795764236507,'succeeded',0,1.09781560000010358635e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 4"}]}','first=4',NULL,NULL);
INSERT INTO "attempts" VALUES(21,3,0,5,'first',1,'first','openai','m',1795764236509,'succeeded',0,1.19417839999987336336e+01,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 5"}]}','first=5',NULL,NULL);
INSERT INTO "attempts" VALUES(22,3,0,6,'first',1,'first','openai','m',1795764236519,'succeeded',0,9.51399200000014388933e+00,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 6"}]}','first=6',NULL,NULL);
INSERT INTO "attempts" VALUES(23,3,0,7,'first',1,'first','openai','m',1795764236522,'succeeded',0,8.21198200000071665272e+00,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 7"}]}','first=7',NULL,NULL);
INSERT INTO "attempts" VALUES(24,3,1,0,'sum',1,'first','openai','m',1795764236538,'succeeded',0,9.39672299999983806628e+00,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"sum 0 of first=0 first=1"}]}','sum=0',NULL,NULL);
INSERT INTO "attempts" VALUES(25,3,1,1,'sum',1,'first','openai','m',1795764236544,'succeeded',0,9.57836300000053597614e+00,10,5,0,0,20,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"sum 2 of first=2 first=3"}]}','sum=2',NULL,NULL);
INSERT INTO "attempts" VALUES(26,3,1,2,'sum',1,'first','openai','m',1795764236562,'failed',0,2.44355009999999310825e+01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"sum 4 of first=4 first=5"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
INSERT INTO "attempts" VALUES(27,3,1,3,'sum',1,'first','openai','m',1795764236563,'failed',0,2.3926330000000234576e+01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"sum 6 of first=6 first=7"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
CREATE TABLE groups (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    key text not null,
    reason text not null,
    parts integer not null,
    items integer not null,
    members blob not null,
    primary key (run_id, lane, idx)
  ) without rowid;
INSERT INTO "groups" VALUES(3,1,0,'null','size',1,2,X'0000000001000000');
INSERT INTO "groups" VALUES(3,1,1,'null','size',1,2,X'0200000003000000');
INSERT INTO "groups" VALUES(3,1,2,'null','size',1,2,X'0400000005000000');
INSERT INTO "groups" VALUES(3,1,3,'null','size',1,2,X'0600000007000000');
CREATE TABLE items (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    key text not null,
    status text not null,
    cells blob not null,
    cost_micros integer not null,
    latency_ms real not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    cache_write_tokens integer not null,
    retries integer not null,
    error text,
    output text not null,
    stages text not null,
    primary key (run_id, lane, idx)
  ) without rowid;
INSERT INTO "items" VALUES(1,0,0,'1','succeeded',X'0303',40,1.44180212499999925055e+03,20,10,0,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":1412,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":17,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(1,0,1,'2','failed',X'0506',0,1.40948944699999901782e+03,0,0,0,0,0,'{"stage":"first","kind":"provider","message":"The OpenAI-compatible server refused the request (400): Status 400"}','null','{"first":{"status":"failed","tier":"openai","model":"m","attempts":1,"latencyMs":1395,"usage":{"inputTokens":0,"outputTokens":0,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0},"second":{"status":"skipped","reason":"Stage first failed."}}');
INSERT INTO "items" VALUES(1,0,2,'3','succeeded',X'0303',40,32.2805470000003,20,10,0,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":19,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":11,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,0,0,'1','succeeded',X'0303',40,2.82941040000005159535e+01,20,10,0,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":13,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":14,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,0,1,'2','succeeded',X'0303',40,3.65566199999993841625e+01,20,10,0,0,0,NULL,'"second=1"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":19,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":16,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,0,2,'3','succeeded',X'0303',40,2.54279229999992821835e+01,20,10,0,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":14,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":10,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(3,0,0,'1','gathered',X'0303',20,1.09362780000010388907e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=0"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":10,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,1,'2','gathered',X'0303',20,1.36189270000013493697e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=1"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":13,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,2,'3','gathered',X'0303',20,1.57410209999998187413e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=2"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":15,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,3,'4','gathered',X'0303',20,1.5083602999999129679e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=3"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":15,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,4,'5','gathered',X'0303',20,1.12949869999993097731e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=4"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":11,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,5,'6','gathered',X'0303',20,1.21951779999999416754e+01,10,5,0,0,0,NULL,'{"key":null,"value":"first=5"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":12,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,6,'7','gathered',X'0303',20,9.81264000000010128132e+00,10,5,0,0,0,NULL,'{"key":null,"value":"first=6"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":10,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,0,7,'8','gathered',X'0303',20,8.93388899999990826472e+00,10,5,0,0,0,NULL,'{"key":null,"value":"first=7"}','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":8,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002},"pair":{"status":"succeeded"}}');
INSERT INTO "items" VALUES(3,1,0,'group 1','succeeded',X'03',20,1.2558756999998877291e+01,10,5,0,0,0,NULL,'"sum=0"','{"sum":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":9,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(3,1,1,'group 2','succeeded',X'03',20,1.04108880000003409802e+01,10,5,0,0,0,NULL,'"sum=2"','{"sum":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":10,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0,"cacheWriteTokens":0},"costUsd":0.00002}}');
CREATE TABLE keys (
    run_id integer not null,
    idx integer not null,
    key text not null,
    primary key (run_id, idx)
  ) without rowid;
CREATE TABLE members (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    grp integer not null,
    primary key (run_id, lane, idx)
  ) without rowid;
INSERT INTO "members" VALUES(3,0,0,0);
INSERT INTO "members" VALUES(3,0,1,0);
INSERT INTO "members" VALUES(3,0,2,1);
INSERT INTO "members" VALUES(3,0,3,1);
INSERT INTO "members" VALUES(3,0,4,2);
INSERT INTO "members" VALUES(3,0,5,2);
INSERT INTO "members" VALUES(3,0,6,3);
INSERT INTO "members" VALUES(3,0,7,3);
CREATE TABLE owners (
    owner text primary key,
    pid integer not null,
    beat integer not null
  ) without rowid;
CREATE TABLE packs (
    run_id integer not null,
    pack text not null,
    stage text not null,
    parent text,
    reason text not null,
    request text not null,
    answer text,
    primary key (run_id, pack)
  ) without rowid;
CREATE TABLE runs (
    id integer primary key,
    run text not null unique,
    kind text not null,
    record text not null,
    chain_text text not null,
    test_item text,
    progress text not null,
    owner text
  , files text not null default '{}');
INSERT INTO "runs" VALUES(1,'01M8DY7AHXHM1RY771QK3W7GGJ','batch','{"options":{"concurrency":2},"kind":"batch","grows":false,"run":"01M8DY7AHXHM1RY771QK3W7GGJ","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai","lane":0},{"id":"second","kind":"model","tier":"openai","lane":0}],"sourceLabel":"few.jsonl","sink":{"jsonl":"out.jsonl"},"output":"out.jsonl","simulated":false,"startedAt":1795764234818}','jacquard: 1
source: { jsonl: few.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"completed"},"items":3,"endedAt":1795764236337,"activeMs":1502.2884020000001,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":2,"failed":1,"skipped":0,"costMicros":80,"unpricedCalls":0,"calls":5,"reused":0,"usage":{"inputTokens":40,"outputTokens":20,"cachedTokens":0,"cacheWriteTokens":0}},"lanes":[{"begins":null,"items":3,"counts":{"succeeded":2,"failed":1,"skipped":0,"running":0,"waiting":0,"cancelled":0},"gather":null}],"packs":[]}',NULL,'{}');
INSERT INTO "runs" VALUES(2,'01M8DY7C2EJC2PAYED2HSKTYDN','batch','{"options":{"concurrency":2},"kind":"batch","grows":false,"run":"01M8DY7C2EJC2PAYED2HSKTYDN","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai","lane":0},{"id":"second","kind":"model","tier":"openai","lane":0}],"sourceLabel":"items.jsonl","sink":{"jsonl":"out.jsonl"},"output":"out.jsonl","simulated":false,"startedAt":1795764236367}','jacquard: 1
source: { jsonl: items.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"paused","reason":{"kind":"auth","message":"Tier openai (stage second): The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}},"items":8,"endedAt":1795764236460,"activeMs":91.32720599999993,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":3,"failed":0,"skipped":0,"costMicros":160,"unpricedCalls":0,"calls":10,"reused":0,"usage":{"inputTokens":80,"outputTokens":40,"cachedTokens":0,"cacheWriteTokens":0}},"lanes":[{"begins":null,"items":8,"counts":{"succeeded":3,"failed":0,"skipped":0,"running":0,"waiting":5,"cancelled":0},"gather":null}],"packs":[]}',NULL,'{}');
INSERT INTO "runs" VALUES(3,'01M8DY7C5WTQV4SGG7H58MVS8J','batch','{"options":{"concurrency":2},"kind":"batch","grows":false,"run":"01M8DY7C5WTQV4SGG7H58MVS8J","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai","lane":0},{"id":"pair","kind":"gather","tier":null,"lane":0},{"id":"sum","kind":"model","tier":"openai","lane":1}],"sourceLabel":"items.jsonl","sink":{"jsonl":"out.jsonl"},"output":"out.jsonl","simulated":false,"startedAt":1795764236476}','jacquard: 1
source: { jsonl: items.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  pair: { kind: gather, size: 2, value: "{{ first }}" }
  sum: { kind: model, tier: openai, prompt: "sum {{ group.index * 2 }} of {{ items[0] }} {{ items[1] }}" }
output: "{{ sum }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"paused","reason":{"kind":"auth","message":"Tier openai (stage sum): The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}},"items":8,"endedAt":1795764236588,"activeMs":109.33002900000065,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":4,"failed":0,"skipped":0,"costMicros":200,"unpricedCalls":0,"calls":12,"reused":0,"usage":{"inputTokens":100,"outputTokens":50,"cachedTokens":0,"cacheWriteTokens":0}},"lanes":[{"begins":null,"items":8,"counts":{"succeeded":8,"failed":0,"skipped":0,"running":0,"waiting":0,"cancelled":0},"gather":{"gather":"pair","groups":{"size":4,"within":0,"end":0},"members":8,"waiting":0,"filtered":0,"unmatched":0,"size":2}},{"begins":"pair","items":4,"counts":{"succeeded":2,"failed":0,"skipped":0,"running":0,"waiting":2,"cancelled":0},"gather":null}],"packs":[]}',NULL,'{}');
CREATE INDEX runs_by_kind on runs (kind, run);
CREATE INDEX items_in_short on items (run_id, lane, idx, status, cells);
CREATE INDEX attempts_of_item on attempts (run_id, lane, idx);
COMMIT;
pragma user_version = 3;
