package dev.usher.edm;

/**
 * The vocabulary terms that Usher acts on. Standard vocabularies (Core, Capabilities) where they
 * have a word for the fact; {@code usher.*} where they have none. Only the standard ones are
 * published in {@code $metadata}.
 */
public final class Terms {

    /** The property is chosen by the service. Boolean. */
    public static final String COMPUTED = "Org.OData.Core.V1.Computed";

    /** The property is fixed on create. Boolean. */
    public static final String IMMUTABLE = "Org.OData.Core.V1.Immutable";

    /** {@code Insertable}: whether POST to the collection creates. Record. */
    public static final String INSERT = "Org.OData.Capabilities.V1.InsertRestrictions";

    /**
     * {@code Updatable}: whether PATCH of an item is possible. {@code Upsertable}: whether PUT of
     * an item creates or replaces it. {@code UpdateMethod}, {@link #BY_PUT}: whether PUT replaces
     * an item that is there. Record.
     */
    public static final String UPDATE = "Org.OData.Capabilities.V1.UpdateRestrictions";

    /** The value of {@code UpdateMethod} where both methods change an item. */
    public static final String BY_PUT =
            "Org.OData.Capabilities.V1.HttpMethod/PATCH Org.OData.Capabilities.V1.HttpMethod/PUT";

    /** {@code Deletable}: whether DELETE of an item is possible. Record. */
    public static final String DELETE = "Org.OData.Capabilities.V1.DeleteRestrictions";

    /** {@code Filterable}. Record. */
    public static final String FILTER = "Org.OData.Capabilities.V1.FilterRestrictions";

    /** {@code Expandable}. Record. */
    public static final String EXPAND = "Org.OData.Capabilities.V1.ExpandRestrictions";

    /** The navigation property is embedded without being asked for. Boolean. */
    public static final String AUTO_EXPAND = "Org.OData.Core.V1.AutoExpand";

    /** {@code IndexableByKey}: whether an item has an address of its own. Boolean. */
    public static final String INDEXABLE_BY_KEY = "Org.OData.Capabilities.V1.IndexableByKey";

    /** Since when a newer element replaces this one. Collection of records. */
    public static final String REVISIONS = "Org.OData.Core.V1.Revisions";

    /** The element exists in that service version alone: {@code v1.0} or {@code beta}. String. */
    public static final String VERSION = "usher.Version";

    /**
     * Where instances are kept: {@code document}, {@code table:NAME}, or {@code computed} for those
     * that follow from other data. On an entity type.
     */
    public static final String STORAGE = "usher.Storage";

    /** The name of the storage kind, where it is not the type's own name. String. */
    public static final String KIND = "usher.Kind";

    /** The column of a table-stored property. String. */
    public static final String COLUMN = "usher.Column";

    /** The property has an index: filtering and ordering by it are cheap. Boolean. */
    public static final String INDEXED = "usher.Indexed";

    /** The property is write-only. Boolean. */
    public static final String SECRET = "usher.Secret";

    /**
     * Members that are kept beside the declared ones, sealed and never shown: their paths,
     * separated by spaces. On an entity type with storage. String.
     */
    public static final String SEALED = "usher.Sealed";

    /**
     * The contained members can be created together with their owner. On a contained collection.
     * Boolean. (The standard's {@code DeepInsertSupport} speaks of an entity set as a whole.)
     */
    public static final String DEEP_INSERT = "usher.DeepInsert";

    /** A change of the owner may give the members, too, and makes them the only ones. Boolean. */
    public static final String DEEP_UPDATE = "usher.DeepUpdate";

    /**
     * The key of the only instance in its owner. It exists from the first moment, and is stored
     * when it is first changed. On the type of a contained single-valued navigation property.
     * String.
     */
    public static final String FIXED_KEY = "usher.FixedKey";

    /**
     * The derived type of which a create without {@code @odata.type} makes an object. On an entity
     * type, or on the collection, which goes first. String.
     */
    public static final String DEFAULT_TYPE = "usher.DefaultType";

    /** A prefix that the service puts in front of the caller's key. String. */
    public static final String KEY_PREFIX = "usher.KeyPrefix";

    /**
     * The regular expression that the caller's key must match, without the prefix. Callers choose
     * the keys of a type that has either. String.
     */
    public static final String KEY_PATTERN = "usher.KeyPattern";

    /** The property may not be left out on create. Boolean. */
    public static final String REQUIRED = "usher.Required";

    /** The longest legal text, in characters. Number. */
    public static final String MAX_LENGTH = "usher.MaxLength";

    /**
     * The members of a contained collection have places: the name of the whole number, kept with
     * each member and never shown, by which they are ordered unless a request says otherwise. The
     * service numbers a new member behind the others. String.
     */
    public static final String ORDER_BY = "usher.OrderBy";

    /**
     * The members of a contained collection are there without being stored. {@code fixed}: always
     * and alone. {@code start}: until a stored member takes the place of the given one; others may
     * come. Who gives them is a matter of the engine's caller. String.
     */
    public static final String GIVEN = "usher.Given";

    /** The streams of the members of this collection can be replaced and removed. Boolean. */
    public static final String STREAM_UPDATABLE = "usher.StreamUpdatable";

    /**
     * A PATCH of a member whose {@code Accept} asks for full metadata is answered with the member,
     * as one client insists. Boolean.
     */
    public static final String SHOW_UPDATED = "usher.ShowUpdatedToFullMetadata";

    /** The least legal number. Number. */
    public static final String MINIMUM = "Org.OData.Validation.V1.Minimum";

    /** The greatest legal number. Number. */
    public static final String MAXIMUM = "Org.OData.Validation.V1.Maximum";

    /**
     * What counts while nothing else has been set, as JSON; null in a body says that it counts
     * again. On a property of a type of settings. String.
     */
    public static final String DEFAULT = "usher.Default";

    /**
     * The kinds of documents that are kept inside an entity beside its contained collections, and
     * go with it, separated by spaces. On an entity type with storage. String.
     */
    public static final String KEEPS = "usher.Keeps";

    /** The link name shared by several navigation properties. String. */
    public static final String LINK = "usher.Link";

    /** The entity type is a renamed view of another stored type. String: the qualified name. */
    public static final String VIEW_OF = "usher.ViewOf";

    /** The viewed type's property that this property shows, where the names differ. String. */
    public static final String VIEW_PATH = "usher.ViewPath";

    /**
     * A member that is kept beside the declared ones with a fixed text, and shown by views alone:
     * {@code name=text}. On an entity type with storage. String.
     */
    public static final String KEPT = "usher.Kept";

    /**
     * What replaces a deprecated element: a path from the service root when it starts with a slash,
     * else the name of a member of the same owner. String.
     */
    public static final String SUCCESSOR = "usher.Successor";

    /**
     * Which kinds of tenant have the resource. Record of texts: {@code Kinds}, separated by spaces,
     * and {@code Instead}: {@code kind=path} pairs, separated by spaces, that say where callers in
     * a tenant of another kind find what corresponds. On a navigation property or a root; holds for
     * everything below.
     */
    public static final String TENANT_KINDS = "usher.TenantKinds";

    /**
     * Who may do what. Record of texts: {@code Read}, {@code Write} and, where they differ from
     * those, {@code Insert}, {@code Update}, {@code Delete}, {@code Link}, {@code Expand}:
     * alternatives separated by spaces, each one permission or several joined by {@code +}; {@code
     * Roles} and, where they differ, {@code ReadRoles}: the directory roles, separated by
     * semicolons, of which a delegated caller needs one; {@code -} for none; {@code RolesAlways}:
     * whether an application needs one of them too; {@code ReadOwn} and {@code WriteOwn}: what
     * callers need instead, and without a role, for what they reach through themselves; {@code
     * Owned}: what suffices, too, for applications that own the object which the path leads to or
     * through, for all but what {@code Insert} says; {@code OfOwnClient}: whether an application
     * needs no permission for its own registration; {@code DelegatedOnly}: whether applications are
     * refused; {@code Personal}: whether personal accounts are served; {@code Directory}: whether a
     * refusal carries the directory's code. On a navigation property, a complex property, an
     * operation or a root; each member is inherited along the path until overridden. On a property
     * of an entity, {@code Update} adds alternatives for changes of that property, and {@code
     * Administered} says that callers do not change it of themselves: a change under a root that is
     * the {@link #CALLER} needs what a change under the entity set needs.
     */
    public static final String PERMISSIONS = "usher.Permissions";

    /**
     * The workload of Graph that serves a root, or what a navigation property leads to; {@code
     * directory} has error codes and rules for query options of its own. Inherited along the path
     * until overridden. On an entity set, singleton or navigation property. String.
     */
    public static final String WORKLOAD = "usher.Workload";

    /** Texts of the type compare ignoring case. On an entity type, inherited. Boolean. */
    public static final String IGNORE_CASE = "usher.IgnoreCase";

    /** The values of the property are kept in lower case. Boolean. */
    public static final String LOWER_CASE = "usher.LowerCase";

    /**
     * The column that holds the folded value of a property of a table-stored type, beside the value
     * itself, so that an index serves comparisons that ignore case. String.
     */
    public static final String FOLDED_COLUMN = "usher.FoldedColumn";

    /**
     * The table that holds folded members of each item of a collection: {@code table:member=column
     * ...}. No two items of a tenant may have the same values there. String.
     */
    public static final String ITEM_INDEX = "usher.ItemIndex";

    /**
     * Properties, separated by spaces, by whose value an entity is addressed in the form {@code
     * set(property='value')}. On an entity type, inherited. String.
     */
    public static final String ALTERNATE_KEYS = "usher.AlternateKeys";

    /**
     * The one of the alternate keys that callers choose: a change of what has no such value creates
     * it, for callers that say {@code Prefer: create-if-missing}. On an entity type. String.
     */
    public static final String CREATION_KEY = "usher.CreationKey";

    /** The property whose value may stand wherever the key may. On an entity type. String. */
    public static final String KEY_ALIAS = "usher.KeyAlias";

    /** The singleton is the member of that entity set who calls. String: the set. */
    public static final String CALLER = "usher.Caller";

    /** The property is shown only where it is selected by name. Boolean. */
    public static final String ON_SELECT = "usher.OnSelect";

    /**
     * The members of a collection are the entities of its type whose property of that name holds
     * the key of the owner. On a navigation property. String.
     */
    public static final String REFERRER = "usher.Referrer";

    /** The order of a collection unless a request says otherwise. String: a {@code $orderby}. */
    public static final String DEFAULT_ORDER = "usher.DefaultOrder";

    /**
     * Beyond its declared properties, an open type has only those whose names begin so; they are
     * shown where they are selected. String.
     */
    public static final String DYNAMIC_PREFIX = "usher.DynamicPrefix";

    /**
     * The members of a collection are kept as documents of that kind, apart from others of their
     * types. On a navigation property. String.
     */
    public static final String KEPT_AS = "usher.KeptAs";

    /**
     * The table with a row for each word of the property, by which a {@code $search} finds the
     * entity. On a property that is searched by words, of a type kept in a table. String.
     */
    public static final String WORD_INDEX = "usher.WordIndex";

    /** A {@code $search} finds the property by the beginnings of its words. Boolean. */
    public static final String SEARCH_WORDS = "usher.SearchWords";

    private Terms() {}
}
