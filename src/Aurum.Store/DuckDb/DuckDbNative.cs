using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aurum.Store.Engines;

[assembly: DisableRuntimeMarshalling]

namespace Aurum.Store.DuckDb;

/// <summary>The functions of DuckDB's C API that the store uses. Status 0 is success.</summary>
internal static unsafe partial class DuckDbNative
{
    private const string Library = "duckdb";

    static DuckDbNative() => NativeLibrary.SetDllImportResolver(typeof(DuckDbNative).Assembly, Resolve);

    public static string Text(byte* zeroEnded) => zeroEnded == null ? "" : Marshal.PtrToStringUTF8((nint)zeroEnded)!;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
        var beside = Path.Combine(AppContext.BaseDirectory, file);
        if (File.Exists(beside))
        {
            return NativeLibrary.Load(beside);
        }

        return NativeLibrary.TryLoad(file, out var handle)
            ? handle
            : throw new DllNotFoundException($"{file} is neither in {AppContext.BaseDirectory} nor installed: build Aurum again");
    }

    [LibraryImport(Library)]
    public static partial void duckdb_free(void* pointer);

    [LibraryImport(Library)]
    public static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_set_config(nint config, string name, string value);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_open_ext(string path, out nint database, nint config, out byte* error);

    [LibraryImport(Library)]
    public static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    public static partial int duckdb_connect(nint database, out nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_interrupt(nint connection);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_query(nint connection, string sql, DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_result(DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial byte* duckdb_result_error(DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial ulong duckdb_column_count(DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial byte* duckdb_column_name(DuckDbResultData* result, ulong column);

    [LibraryImport(Library)]
    public static partial EngineType duckdb_column_type(DuckDbResultData* result, ulong column);

    [LibraryImport(Library)]
    public static partial ulong duckdb_rows_changed(DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial nint duckdb_fetch_chunk(DuckDbResultData result);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_data_chunk(nint* types, ulong count);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_reset(nint chunk);

    [LibraryImport(Library)]
    public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Library)]
    public static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);

    [LibraryImport(Library)]
    public static partial void* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    public static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_assign_string_element_len(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_logical_type(nint* type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_appender_create_ext(
        nint connection, string? catalog, string? schema, string table, out nint appender);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_appender_add_column(nint appender, string column);

    [LibraryImport(Library)]
    public static partial ulong duckdb_appender_column_count(nint appender);

    [LibraryImport(Library)]
    public static partial nint duckdb_appender_column_type(nint appender, ulong column);

    [LibraryImport(Library)]
    public static partial int duckdb_append_data_chunk(nint appender, nint chunk);

    [LibraryImport(Library)]
    public static partial int duckdb_appender_close(nint appender);

    [LibraryImport(Library)]
    public static partial int duckdb_appender_clear(nint appender);

    [LibraryImport(Library)]
    public static partial int duckdb_appender_destroy(ref nint appender);

    [LibraryImport(Library)]
    public static partial nint duckdb_appender_error_data(nint appender);

    [LibraryImport(Library)]
    public static partial byte* duckdb_error_data_message(nint error);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_error_data(ref nint error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_prepare(nint connection, string sql, out nint statement);

    [LibraryImport(Library)]
    public static partial byte* duckdb_prepare_error(nint statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    public static partial DuckDbStatementKind duckdb_prepared_statement_type(nint statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_prepared_statement_column_count(nint statement);

    [LibraryImport(Library)]
    public static partial byte* duckdb_prepared_statement_column_name(nint statement, ulong column);

    [LibraryImport(Library)]
    public static partial EngineType duckdb_prepared_statement_column_type(nint statement, ulong column);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_boolean(nint statement, ulong index, byte value);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_int32(nint statement, ulong index, int value);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_int64(nint statement, ulong index, long value);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_double(nint statement, ulong index, double value);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_date(nint statement, ulong index, int days);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_timestamp_tz(nint statement, ulong index, long micros);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_varchar_length(nint statement, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_null(nint statement, ulong index);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared(nint statement, DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial int duckdb_pending_prepared_streaming(nint statement, out nint pending);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_pending(nint pending, DuckDbResultData* result);

    [LibraryImport(Library)]
    public static partial byte* duckdb_pending_error(nint pending);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_pending(ref nint pending);
}
