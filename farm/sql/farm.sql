-- The queue of proving jobs: what is kept, and the four functions that are all anybody may call.
--
-- A job's row is its one lock: who changes a job, its message or its result holds it. Whether a
-- parent is ready is a question about results, asked anew each time, never a counter. Submitting,
-- cancelling and retrying exclude each other and whatever ends a job (farm.exclusive, farm.shared),
-- so that no parent is submitted between a child's result and the look for its parents.
--
-- Nothing here can be opened: what is sealed is sealed to the workers' key, which is never here.

CREATE SCHEMA farm;
REVOKE ALL ON SCHEMA farm FROM PUBLIC;

CREATE TABLE farm.settings (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    version  integer NOT NULL,
    depth    bigint  NOT NULL CHECK (depth > 0),
    most     integer NOT NULL CHECK (most > 0)
);
COMMENT ON COLUMN farm.settings.depth IS 'live jobs in a queue beyond which a submission is refused';
COMMENT ON COLUMN farm.settings.most IS 'deliveries after which a job is dead';

CREATE TABLE farm.jobs (
    key         bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    kind        text  NOT NULL,
    circuit     text  NOT NULL,
    ceremony    bytea NOT NULL CHECK (octet_length(ceremony) = 32),
    public      bytea NOT NULL,
    queue       text  NOT NULL CHECK (queue IN ('urgent', 'hourly', 'bulk')),
    memory_mb   integer NOT NULL CHECK (memory_mb >= 0),
    state       text  NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'leased', 'done', 'refused', 'dead', 'cancelled')),
    -- Its message; none while it waits for its children, or after it ended.
    msg_id      bigint,
    sealed      bytea,
    due         timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- The last one. Only its holder may end the job.
    lease       bytea UNIQUE CHECK (octet_length(lease) = 16),
    worker      text,
    deliveries  integer NOT NULL DEFAULT 0,
    reason      text,
    trace       text NOT NULL,
    submitted   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended       timestamptz,
    -- An opening is kept exactly as long as somebody may still need it.
    CHECK ((sealed IS NOT NULL) = (state IN ('queued', 'leased'))),
    CHECK (state <> 'leased' OR (msg_id IS NOT NULL AND lease IS NOT NULL)),
    CHECK (state IN ('queued', 'leased') OR msg_id IS NULL)
);
CREATE UNIQUE INDEX jobs_message ON farm.jobs (queue, msg_id) WHERE msg_id IS NOT NULL;
CREATE INDEX jobs_state ON farm.jobs (state, queue);

CREATE TABLE farm.children (
    parent bytea   NOT NULL REFERENCES farm.jobs,
    place  integer NOT NULL,
    child  bytea   NOT NULL REFERENCES farm.jobs,
    PRIMARY KEY (parent, place)
);
CREATE INDEX children_child ON farm.children (child);

CREATE TABLE farm.results (
    key    bytea PRIMARY KEY REFERENCES farm.jobs,
    proof  bytea NOT NULL,
    -- Sealed to the workers' key. Gone once no parent needs it: then the result is spent.
    output bytea,
    spent  boolean NOT NULL DEFAULT false,
    worker text NOT NULL,
    lease  bytea NOT NULL,
    made   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (output IS NULL OR NOT spent)
);

-- What is sealed, and proofs, cannot be compressed.
ALTER TABLE farm.jobs ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE farm.results ALTER COLUMN proof SET STORAGE EXTERNAL, ALTER COLUMN output SET STORAGE EXTERNAL;

SELECT pgmq.create('farm_urgent'), pgmq.create('farm_hourly'), pgmq.create('farm_bulk');

-- Both are held to the end of the transaction.
CREATE FUNCTION farm.exclusive() RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_advisory_xact_lock(4849105727411) $$;
CREATE FUNCTION farm.shared() RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_advisory_xact_lock_shared(4849105727411) $$;

-- Queues a job whose children all have a result that can be used, if it has no message yet.
CREATE FUNCTION farm.queue_if_ready(p_key bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE j farm.jobs;
BEGIN
    SELECT * INTO j FROM farm.jobs WHERE key = p_key FOR UPDATE;
    -- A statement of its own: whoever held the row has committed, and its results are seen.
    IF j.state = 'queued' AND j.msg_id IS NULL AND NOT EXISTS (
        SELECT FROM farm.children c LEFT JOIN farm.results r ON r.key = c.child
        WHERE c.parent = p_key AND (r.key IS NULL OR r.spent)
    ) THEN
        UPDATE farm.jobs SET due = clock_timestamp(), msg_id = (
            SELECT * FROM pgmq.send('farm_' || j.queue, jsonb_build_object('key', encode(p_key, 'hex')))
        ) WHERE key = p_key;
    END IF;
END $$;

-- Ends a job without a look at why: its message is archived and its opening deleted.
CREATE FUNCTION farm.put_away(p_key bytea, p_state text, p_reason text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE j farm.jobs;
BEGIN
    SELECT * INTO j FROM farm.jobs WHERE key = p_key FOR UPDATE;
    IF j.msg_id IS NOT NULL THEN
        PERFORM pgmq.archive('farm_' || j.queue, j.msg_id);
    END IF;
    UPDATE farm.jobs SET state = p_state, reason = p_reason, msg_id = NULL, sealed = NULL,
        ended = clock_timestamp() WHERE key = p_key;
    -- Outputs of its children that no other parent needs.
    IF p_state <> 'dead' THEN
        -- Locked first, so that of two parents that end at once the second sees the first.
        PERFORM FROM farm.results r
            WHERE r.key IN (SELECT child FROM farm.children WHERE parent = p_key) ORDER BY r.key FOR UPDATE;
        UPDATE farm.results r SET output = NULL, spent = true
        WHERE r.output IS NOT NULL
          AND r.key IN (SELECT child FROM farm.children WHERE parent = p_key)
          AND NOT EXISTS (
            SELECT FROM farm.children c JOIN farm.jobs p ON p.key = c.parent
            WHERE c.child = r.key AND p.state IN ('queued', 'leased', 'dead'));
    END IF;
END $$;

-- Whether a message is there: a queue may have been purged by hand.
CREATE FUNCTION farm.has_message(p_queue text, p_msg_id bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE found boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM pgmq.%I WHERE msg_id = $1)', 'q_farm_' || p_queue)
        INTO found USING p_msg_id;
    RETURN found;
END $$;

-- Puts an ended job back into the queue, with a new opening.
CREATE FUNCTION farm.requeue(p_key bytea, p_sealed bytea, p_trace text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE parent bytea; p farm.jobs;
BEGIN
    DELETE FROM farm.results WHERE key = p_key;
    UPDATE farm.jobs SET state = 'queued', sealed = p_sealed, deliveries = 0, reason = NULL,
        lease = NULL, worker = NULL, ended = NULL, trace = p_trace, due = clock_timestamp()
        WHERE key = p_key;
    -- Parents that were ready are so no more, and a lease on one of them is lost.
    FOR parent IN SELECT c.parent FROM farm.children c WHERE c.child = p_key ORDER BY 1 LOOP
        SELECT * INTO p FROM farm.jobs WHERE key = parent FOR UPDATE;
        IF p.msg_id IS NOT NULL THEN
            PERFORM pgmq.archive('farm_' || p.queue, p.msg_id);
            UPDATE farm.jobs SET state = 'queued', msg_id = NULL, lease = NULL WHERE key = parent;
        END IF;
    END LOOP;
END $$;

-- 1 of 4. What a submitter asks for: submit, retry or cancel. p_sealed goes with p_jobs, by place.
CREATE FUNCTION farm.request(p_what text, p_jobs jsonb, p_sealed bytea[], p_trace text)
RETURNS TABLE (key bytea, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
    full_queue record; item jsonb; k bytea; i integer; j farm.jobs; said text; again boolean;
    keys bytea[] := '{}';
BEGIN
    IF p_what NOT IN ('submit', 'retry', 'cancel') THEN
        RAISE EXCEPTION 'expected submit, retry or cancel, got %', p_what USING ERRCODE = 'FA001';
    END IF;
    PERFORM farm.exclusive();
    IF p_what = 'submit' THEN
        -- Only what is new counts: a submission that was cut off can always be repeated.
        SELECT n.queue, n.more, l.live, s.depth INTO full_queue
        FROM farm.settings s, LATERAL (
            SELECT x->>'queue' AS queue, count(*) AS more FROM jsonb_array_elements(p_jobs) x
            WHERE NOT EXISTS (SELECT FROM farm.jobs o WHERE o.key = decode(x->>'key', 'hex'))
            GROUP BY 1) n,
        LATERAL (SELECT count(*) AS live FROM farm.jobs o
            WHERE o.queue = n.queue AND o.state IN ('queued', 'leased')) l
        WHERE l.live + n.more > s.depth LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'the queue % takes % jobs at a time: it has %, and % more were submitted',
                full_queue.queue, full_queue.depth, full_queue.live, full_queue.more
                USING ERRCODE = 'FA002';
        END IF;
    END IF;
    FOR item, i IN SELECT x, n FROM jsonb_array_elements(p_jobs) WITH ORDINALITY AS t(x, n) LOOP
        k := decode(item->>'key', 'hex');
        keys := keys || k;
        SELECT * INTO j FROM farm.jobs WHERE jobs.key = k FOR UPDATE;
        IF NOT FOUND AND p_what = 'submit' THEN
            INSERT INTO farm.jobs (key, kind, circuit, ceremony, public, queue, memory_mb, sealed, trace)
            VALUES (k, item->>'kind', item->>'circuit', decode(item->>'ceremony', 'hex'),
                decode(item->>'public', 'hex'), item->>'queue', (item->>'memory_mb')::integer,
                p_sealed[i], p_trace);
            SELECT c INTO said FROM jsonb_array_elements_text(item->'children') c
            WHERE NOT EXISTS (SELECT FROM farm.jobs o WHERE o.key = decode(c, 'hex')) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the job 0x% needs the result of 0x%, which was not submitted',
                    item->>'key', said USING ERRCODE = 'FA003';
            END IF;
            INSERT INTO farm.children (parent, place, child)
            SELECT k, n, decode(c, 'hex')
            FROM jsonb_array_elements_text(item->'children') WITH ORDINALITY AS t(c, n);
            said := 'submitted';
        ELSIF NOT FOUND THEN
            said := 'unknown';
        ELSIF p_what = 'cancel' AND j.state IN ('queued', 'leased') THEN
            PERFORM farm.put_away(k, 'cancelled', NULL);
            said := 'cancelled';
        ELSIF p_what = 'retry' AND j.state IN ('dead', 'cancelled') THEN
            PERFORM farm.requeue(k, p_sealed[i], p_trace);
            said := 'retried';
        ELSIF p_what = 'retry' AND j.state = 'done' AND item ? 'wrong' AND EXISTS (
            -- That very proof, not one that came in its place.
            SELECT FROM farm.results r WHERE r.key = k AND encode(sha256(r.proof), 'hex') = item->>'wrong'
        ) THEN
            PERFORM farm.requeue(k, p_sealed[i], p_trace);
            said := 'retried';
        ELSIF p_what <> 'cancel' AND j.msg_id IS NOT NULL AND NOT farm.has_message(j.queue, j.msg_id) THEN
            UPDATE farm.jobs SET state = 'queued', msg_id = NULL WHERE jobs.key = k;
            said := 'queued again';
        ELSE
            said := j.state;
        END IF;
        RETURN QUERY SELECT k, said;
    END LOOP;
    IF p_what = 'cancel' THEN
        RETURN;
    END IF;
    -- A result that is spent and needed again is made again. Its own children may be spent too.
    LOOP
        again := false;
        FOR k, i IN
            SELECT t.x, t.n FROM unnest(keys) WITH ORDINALITY AS t(x, n)
            JOIN farm.results r ON r.key = t.x AND r.spent
            WHERE EXISTS (SELECT FROM farm.children c JOIN farm.jobs p ON p.key = c.parent
                WHERE c.child = t.x AND p.state IN ('queued', 'leased'))
        LOOP
            PERFORM farm.requeue(k, p_sealed[i], p_trace);
            again := true;
        END LOOP;
        EXIT WHEN NOT again;
    END LOOP;
    FOREACH k IN ARRAY keys LOOP
        PERFORM farm.queue_if_ready(k);
    END LOOP;
END $$;

-- 2 of 4. A worker takes a job that one of its lanes can do: pgmq.read, but by the lanes and under
-- the job's lock. Always one row; without a job its key is null, and `left` says how many there are
-- that are queued for these lanes or leased to anybody.
CREATE FUNCTION farm.lease(p_lease bytea, p_worker text, p_seconds integer, p_lanes jsonb)
RETURNS TABLE (key bytea, kind text, circuit text, ceremony bytea, public bytea, sealed bytea,
    delivery integer, trace text, children bytea[], proofs bytea[], outputs bytea[], "left" bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off
-- One job of any number: always by the indexes, whatever the statistics say.
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE q text; j farm.jobs; most integer; remaining bigint;
BEGIN
    IF p_seconds NOT BETWEEN 1 AND 3600 THEN
        RAISE EXCEPTION 'expected a lease of 1 to 3600 seconds, got %', p_seconds USING ERRCODE = 'FA001';
    END IF;
    SELECT s.most INTO most FROM farm.settings s;
    -- Asked again after a cut connection: the same job.
    SELECT * INTO j FROM farm.jobs o WHERE o.lease = p_lease AND o.state = 'leased';
    IF j.key IS NULL THEN
        <<queues>>
        FOREACH q IN ARRAY ARRAY['urgent', 'hourly', 'bulk'] LOOP
            LOOP
                -- The conditions on the job are asked of its row as it is once locked.
                EXECUTE format($q$
                    SELECT j.* FROM pgmq.%I m JOIN farm.jobs j ON j.queue = %L AND j.msg_id = m.msg_id
                    WHERE m.vt <= clock_timestamp() AND j.state IN ('queued', 'leased')
                      AND j.due <= clock_timestamp() AND EXISTS (
                        SELECT FROM jsonb_array_elements($1) l
                        WHERE l->>'kind' = j.kind AND (l->>'memory_mb')::integer >= j.memory_mb
                          AND (NOT l ? 'circuits' OR l->'circuits' ? j.circuit)
                          AND (NOT l ? 'queues' OR l->'queues' ? j.queue))
                    ORDER BY m.msg_id LIMIT 1 FOR UPDATE OF j SKIP LOCKED $q$, 'q_farm_' || q, q)
                    INTO j USING p_lanes;
                EXIT WHEN j.key IS NULL;
                IF j.deliveries < most THEN
                    EXIT queues;
                END IF;
                -- The last of its leases ran out: whoever held it is gone, and took the reason along.
                PERFORM farm.put_away(j.key, 'dead', format(
                    'delivered %s times, no answer the last time, from the worker %s', j.deliveries, j.worker));
            END LOOP;
        END LOOP;
        IF j.key IS NULL THEN
            SELECT count(*) INTO remaining FROM farm.jobs o
            WHERE o.msg_id IS NOT NULL AND (o.state = 'leased' OR EXISTS (
                SELECT FROM jsonb_array_elements(p_lanes) l
                WHERE l->>'kind' = o.kind AND (l->>'memory_mb')::integer >= o.memory_mb
                  AND (NOT l ? 'circuits' OR l->'circuits' ? o.circuit)
                  AND (NOT l ? 'queues' OR l->'queues' ? o.queue)));
            RETURN QUERY SELECT NULL::bytea, NULL, NULL, NULL::bytea, NULL::bytea, NULL::bytea,
                NULL::integer, NULL, NULL::bytea[], NULL::bytea[], NULL::bytea[], remaining;
            RETURN;
        END IF;
        UPDATE farm.jobs o SET state = 'leased', lease = p_lease, worker = p_worker,
            deliveries = o.deliveries + 1, due = clock_timestamp() + make_interval(secs => p_seconds)
            WHERE o.key = j.key RETURNING * INTO j;
        EXECUTE format('UPDATE pgmq.%I SET vt = $1, read_ct = read_ct + 1, last_read_at = clock_timestamp()
            WHERE msg_id = $2', 'q_farm_' || j.queue) USING j.due, j.msg_id;
    END IF;
    RETURN QUERY SELECT j.key, j.kind, j.circuit, j.ceremony, j.public, j.sealed, j.deliveries, j.trace,
        array_agg(c.child ORDER BY c.place) FILTER (WHERE c.child IS NOT NULL),
        array_agg(r.proof ORDER BY c.place) FILTER (WHERE c.child IS NOT NULL),
        array_agg(r.output ORDER BY c.place) FILTER (WHERE c.child IS NOT NULL), NULL::bigint
    FROM (SELECT) one LEFT JOIN farm.children c ON c.parent = j.key LEFT JOIN farm.results r ON r.key = c.child;
END $$;

-- 3 of 4. A worker reports on leases: renew any number, or end one: done, refused, failed, released.
-- What comes back is how each of them is: held, cancelled, lost, done, refused, dead or queued.
CREATE FUNCTION farm.report(p_what text, p_leases bytea[], p_seconds integer, p_proof bytea,
    p_output bytea, p_reason text)
RETURNS TABLE (lease bytea, standing text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE l bytea; j farm.jobs; parent bytea; most integer;
BEGIN
    IF p_what NOT IN ('renew', 'done', 'refused', 'failed', 'released') OR p_seconds NOT BETWEEN 0 AND 3600
        OR (p_what <> 'renew' AND cardinality(p_leases) <> 1) OR ((p_what = 'done') <> (p_proof IS NOT NULL))
    THEN
        RAISE EXCEPTION 'expected renew, or done with a proof, refused, failed or released of one lease'
            USING ERRCODE = 'FA001';
    END IF;
    IF p_what <> 'renew' THEN
        PERFORM farm.shared();
    END IF;
    SELECT s.most INTO most FROM farm.settings s;
    FOR l IN SELECT x FROM unnest(p_leases) x ORDER BY 1 LOOP
        SELECT * INTO j FROM farm.jobs o WHERE o.lease = l FOR UPDATE;
        IF j.key IS NULL THEN
            RETURN QUERY SELECT l, 'lost';
        ELSIF j.state <> 'leased' THEN
            -- Cancelled; or ended by this very lease, told again after a cut connection.
            RETURN QUERY SELECT l, j.state;
        ELSIF p_what = 'renew' THEN
            UPDATE farm.jobs o SET due = clock_timestamp() + make_interval(secs => p_seconds)
                WHERE o.key = j.key RETURNING * INTO j;
            PERFORM pgmq.set_vt('farm_' || j.queue, j.msg_id, j.due);
            RETURN QUERY SELECT l, 'held';
        ELSIF p_what = 'done' THEN
            INSERT INTO farm.results (key, proof, output, worker, lease)
            VALUES (j.key, p_proof, p_output, j.worker, l);
            PERFORM farm.put_away(j.key, 'done', NULL);
            FOR parent IN SELECT c.parent FROM farm.children c WHERE c.child = j.key ORDER BY 1 LOOP
                PERFORM farm.queue_if_ready(parent);
            END LOOP;
            RETURN QUERY SELECT l, 'done';
        ELSIF p_what = 'refused' OR (p_what = 'failed' AND j.deliveries >= most) THEN
            PERFORM farm.put_away(j.key, CASE p_what WHEN 'refused' THEN 'refused' ELSE 'dead' END,
                left(p_reason, 500));
            RETURN QUERY SELECT l, CASE p_what WHEN 'refused' THEN 'refused' ELSE 'dead' END;
        ELSE
            -- Given back; a worker that goes is no fault of the job.
            UPDATE farm.jobs o SET state = 'queued', reason = left(p_reason, 500), lease = NULL,
                deliveries = o.deliveries - CASE p_what WHEN 'released' THEN 1 ELSE 0 END,
                due = clock_timestamp() + make_interval(secs => p_seconds)
                WHERE o.key = j.key RETURNING * INTO j;
            PERFORM pgmq.set_vt('farm_' || j.queue, j.msg_id, j.due);
            RETURN QUERY SELECT l, 'queued';
        END IF;
    END LOOP;
END $$;

-- 4 of 4. How it stands: `queues`, how many are in which state; `jobs` and `results` of some keys.
-- Sealed outputs are for submitters, who hold the openings that they come from.
CREATE FUNCTION farm.look(p_what text, p_keys bytea[])
RETURNS TABLE (key bytea, about jsonb, proof bytea, output bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
#variable_conflict use_column
BEGIN
    CASE p_what
    WHEN 'queues' THEN
        RETURN QUERY SELECT NULL::bytea, jsonb_build_object(
            'queue', q, 'depth', s.depth,
            'ready', count(*) FILTER (WHERE j.state = 'queued' AND j.msg_id IS NOT NULL),
            'waiting', count(*) FILTER (WHERE j.state = 'queued' AND j.msg_id IS NULL),
            'leased', count(*) FILTER (WHERE j.state = 'leased'),
            'done', count(*) FILTER (WHERE j.state = 'done'),
            'refused', count(*) FILTER (WHERE j.state = 'refused'),
            'dead', count(*) FILTER (WHERE j.state = 'dead'),
            'cancelled', count(*) FILTER (WHERE j.state = 'cancelled')), NULL::bytea, NULL::bytea
        FROM farm.settings s, unnest(ARRAY['urgent', 'hourly', 'bulk']) WITH ORDINALITY AS t(q, n)
        LEFT JOIN farm.jobs j ON j.queue = q GROUP BY q, n, s.depth ORDER BY n;
    WHEN 'jobs' THEN
        RETURN QUERY SELECT j.key, jsonb_build_object(
            'state', j.state, 'queue', j.queue, 'kind', j.kind, 'worker', j.worker,
            'deliveries', j.deliveries, 'reason', j.reason, 'trace', j.trace,
            'waits_for', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'key', encode(c.child, 'hex'), 'state', o.state) ORDER BY c.place), '[]')
                FROM farm.children c JOIN farm.jobs o ON o.key = c.child
                LEFT JOIN farm.results r ON r.key = c.child
                WHERE j.state = 'queued' AND c.parent = j.key AND (r.key IS NULL OR r.spent))),
            NULL::bytea, NULL::bytea
        FROM farm.jobs j WHERE j.key = ANY (p_keys);
    WHEN 'results' THEN
        RETURN QUERY SELECT r.key, jsonb_build_object('worker', r.worker), r.proof,
            CASE WHEN pg_has_role(session_user, 'farm_submitter', 'MEMBER') THEN r.output END
        FROM farm.results r WHERE r.key = ANY (p_keys);
    ELSE
        RAISE EXCEPTION 'expected queues, jobs or results, got %', p_what USING ERRCODE = 'FA001';
    END CASE;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA farm FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA farm FROM PUBLIC;

GRANT USAGE ON SCHEMA farm TO farm_submitter, farm_worker, farm_viewer;
GRANT EXECUTE ON FUNCTION farm.request(text, jsonb, bytea[], text) TO farm_submitter;
GRANT EXECUTE ON FUNCTION farm.lease(bytea, text, integer, jsonb) TO farm_worker;
GRANT EXECUTE ON FUNCTION farm.report(text, bytea[], integer, bytea, bytea, text) TO farm_worker;
GRANT EXECUTE ON FUNCTION farm.look(text, bytea[]) TO farm_submitter, farm_viewer;
